package dev.basalt.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.basalt.adapters.jdbc.migration.FlywayMigrator;
import dev.basalt.adapters.jdbc.migration.MigrationLock;
import dev.basalt.adapters.jdbc.transaction.Dispatcher;
import dev.basalt.contract.Caller;
import dev.basalt.contract.Limits;
import dev.basalt.domain.failure.DatabaseFailure.AuthenticationFailed;
import dev.basalt.domain.migration.Migration;
import dev.basalt.domain.migration.MigrationFailed;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.ports.Migrator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class PostgresMigrationsTest {

    /** Everything that a script can leave behind, but for Flyway's own table. */
    private static final String LEFT_BEHIND = """
            SELECT 'relation ' || relkind::text || ' ' || relname FROM pg_class
             WHERE relnamespace = 'public'::regnamespace AND relname NOT LIKE 'flyway%'
            UNION ALL
            SELECT 'constraint ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
             WHERE connamespace = 'public'::regnamespace AND conname NOT LIKE 'flyway%'
            UNION ALL
            SELECT 'type ' || typname FROM pg_type
             WHERE typnamespace = 'public'::regnamespace AND typname NOT LIKE '%flyway%'
            UNION ALL
            SELECT 'function ' || proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
             ORDER BY 1
            """;

    private final OwnDatabase database = new OwnDatabase();

    @AfterEach
    void close_the_backends() {
        database.close();
    }

    @Test
    void the_undo_scripts_leave_nothing_behind() throws SQLException, IOException {
        List<String> before = leftBehind();
        List<Migration> migrations =
                database.open(Limits.connections(1)).migrator().migrate();
        assertThat(migrations).isNotEmpty();
        assertThat(leftBehind()).hasSizeGreaterThan(before.size()).contains("relation r accounts");

        for (Migration migration : migrations.reversed()) {
            try (var connection = database.connect();
                    var statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute(undoScript(migration));
                connection.commit();
            }
        }

        assertThat(leftBehind()).isEqualTo(before);
    }

    @Test
    void entries_do_not_refer_to_transfers() throws SQLException {
        assertThat(database.open(Limits.connections(1)).migrator().migrate()).isNotEmpty();

        assertThat(leftBehind())
                .contains("constraint entries_account FOREIGN KEY (account_id) REFERENCES accounts(id)")
                .filteredOn(one -> one.contains("REFERENCES transfers"))
                .isEmpty();
    }

    @Test
    void several_migrators_may_build_an_index_without_locking_each_other_out() throws SQLException {
        var start = new CyclicBarrier(3);

        List<Caller<List<Migration>>> callers = Stream.generate(() -> Caller.start(() -> {
                    start.await(20, TimeUnit.SECONDS);
                    return migrator("concurrently").migrate();
                }))
                .limit(3)
                .toList();

        assertThat(callers.stream().flatMap(caller -> caller.answer().stream()))
                .extracting(Migration::version)
                .containsExactlyInAnyOrder("1", "2", "3");
        assertThat(database.single("SELECT count(*) FROM pg_index WHERE indrelid = 'note'::regclass AND indisvalid"))
                .isEqualTo("2");
    }

    @Test
    void a_script_that_fails_leaves_nothing_behind_and_those_before_it_stay() throws SQLException {
        Migrator migrator = migrator("broken");

        assertThatExceptionOfType(MigrationFailed.class)
                .isThrownBy(migrator::migrate)
                .withMessageContaining("V2__break.sql")
                .withMessageContaining("division by zero");

        assertThat(leftBehind()).contains("relation r note").doesNotContain("relation r half");
        assertThat(migrator.pending()).extracting(Migration::script).containsExactly("V2__break.sql");
    }

    @Test
    void a_script_may_take_longer_than_the_pools_query_timeout() throws SQLException {
        Migrator migrator =
                database.open(Limits.queryTimeout(Duration.ofMillis(1))).migrator();

        assertThat(migrator.migrate()).isNotEmpty();
        try (var connection = DriverProperties.connect(unbounded());
                var statement = connection.createStatement();
                var row = statement.executeQuery("SHOW statement_timeout")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("0");
            assertThat(connection.getNetworkTimeout()).isZero();
        }
    }

    @Test
    void a_migrator_that_is_not_let_in_says_so() {
        String role = database.createRole();
        String url = database.url(role).replace(":" + role + "@", ":wrong@");

        assertThatExceptionOfType(AuthenticationFailed.class)
                .isThrownBy(() ->
                        database.open(url, Limits.connections(1)).migrator().migrate());
    }

    private Migrator migrator(String folder) {
        Properties unbounded = unbounded();
        return new FlywayMigrator(
                "primary",
                new PostgresDialect(),
                () -> DriverProperties.connect(unbounded),
                () -> DriverProperties.connect(unbounded),
                "dev/basalt/adapters/postgres/" + folder,
                MigrationLock.FLYWAYS_OWN,
                Dispatcher.CALLER,
                PostgresBackendProvider::withSessionLock);
    }

    private Properties unbounded() {
        return new DriverProperties(PostgresUrl.parse(new DatabaseUrl(database.url())), PoolSettings.DEFAULTS)
                .unbounded();
    }

    private static String undoScript(Migration migration) throws IOException {
        String script = "/" + PostgresBackendProvider.MIGRATIONS + "-undo/U"
                + migration.script().substring(1);
        try (var stream = PostgresMigrationsTest.class.getResourceAsStream(script)) {
            return new String(Objects.requireNonNull(stream, script).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private List<String> leftBehind() throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(LEFT_BEHIND)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }
}
