package dev.basalt.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.basalt.adapters.jdbc.connection.Connector;
import dev.basalt.adapters.jdbc.migration.FlywayMigrator;
import dev.basalt.adapters.jdbc.transaction.Dispatcher;
import dev.basalt.contract.Caller;
import dev.basalt.contract.Limits;
import dev.basalt.domain.failure.DatabaseFailure.AuthenticationFailed;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.migration.Migration;
import dev.basalt.domain.migration.MigrationFailed;
import dev.basalt.domain.migration.RevertRefused;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.ports.Migrator;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class PostgresMigrationsTest {

    private final OwnDatabase database = new OwnDatabase();

    @AfterEach
    void close_the_backends() {
        database.close();
    }

    @Test
    void entries_do_not_refer_to_transfers() throws SQLException {
        assertThat(database.open(Limits.connections(1)).migrator().migrate()).isNotEmpty();

        String keysOfEntries = "SELECT string_agg(confrelid::regclass::text, ',') FROM pg_constraint"
                + " WHERE contype = 'f' AND conrelid = 'entries'::regclass";
        assertThat(database.single(keysOfEntries)).isEqualTo("accounts");
    }

    @Test
    void several_migrators_may_build_an_index_without_locking_each_other_out() throws SQLException {
        var start = new CyclicBarrier(3);

        List<Caller<List<Migration>>> callers = Stream.generate(() -> migrator("concurrently"))
                .limit(3)
                .map(migrator -> Caller.start(() -> {
                    start.await(20, TimeUnit.SECONDS);
                    return migrator.migrate();
                }))
                .toList();

        assertThat(callers.stream().flatMap(caller -> caller.answer().stream()))
                .extracting(Migration::version)
                .containsExactlyInAnyOrder("1", "2", "3");
        assertThat(database.single("SELECT count(*) FROM pg_index WHERE indrelid = 'note'::regclass AND indisvalid"))
                .isEqualTo("2");
    }

    @Test
    void a_script_may_take_longer_than_the_pools_query_timeout() throws SQLException {
        Migrator migrator =
                database.open(Limits.queryTimeout(Duration.ofMillis(1))).migrator();

        assertThat(migrator.migrate()).isNotEmpty();
        try (var connection = unbounded().connect();
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

    @ParameterizedTest
    @ValueSource(strings = {"migrate", "repair", "baseline", "revert"})
    void whoever_changes_the_history_waits_for_the_lock(String change) throws Exception {
        Migrator migrator = migrator("concurrently");
        Caller<Boolean> caller;

        try (var other = database.connect();
                var statement = other.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + PostgresMigrationLock.KEY + ")");
            caller = Caller.start(() -> outcome(migrator, change));
            assertThat(caller.endsWithin(Duration.ofMillis(300))).isFalse();
            assertThat(migrator.pending()).as("looking does not wait").hasSize(3);
        }

        assertThat(caller.answer()).isTrue();
    }

    private static boolean outcome(Migrator migrator, String change) {
        return switch (change) {
            case "migrate" -> !migrator.migrate().isEmpty();
            case "repair" -> migrator.repair(false).isEmpty();
            case "baseline" -> migrator.baseline("1", "as found", false).version() != null;
            default -> {
                assertThatExceptionOfType(RevertRefused.class).isThrownBy(() -> migrator.revert(false));
                yield true;
            }
        };
    }

    @Test
    void the_lock_goes_with_the_session_of_a_process_that_dies() throws SQLException {
        Migrator migrator = migrator("concurrently");
        try (var dying = database.connect();
                var statement = dying.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + PostgresMigrationLock.KEY + ")");
            Caller<List<Migration>> caller = Caller.start(migrator::migrate);

            database.terminate(Long.parseLong(database.single(
                    "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2")));

            assertThat(caller.answer()).hasSize(3);
        }
        assertThat(database.single("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
                        + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"))
                .isEqualTo("0");
    }

    @Test
    void an_interrupt_ends_the_wait_for_the_lock() throws SQLException {
        Migrator migrator = migrator("concurrently");
        try (var other = database.connect();
                var statement = other.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + PostgresMigrationLock.KEY + ")");
            Caller<List<Migration>> caller = Caller.start(migrator::migrate);
            Awaitility.await()
                    .until(() -> !database.single("SELECT count(*) FROM pg_stat_activity"
                                    + " WHERE datname = current_database() AND query LIKE 'SELECT pg_try_adv%'")
                            .equals("0"));
            caller.interrupt();

            assertThat(caller.failure()).isInstanceOf(ConnectionFailed.class);
        }
        assertThat(migrator.migrate()).hasSize(3);
    }

    @Test
    void a_script_outside_of_a_transaction_that_failed_is_not_reverted_but_repaired() throws SQLException {
        Migrator migrator = migrator("concurrently");
        migrator.migrate();
        database.execute("DROP INDEX note_id, note_text");
        database.execute("UPDATE flyway_schema_history SET success = false WHERE version = '3'");

        assertThatExceptionOfType(RevertRefused.class)
                .isThrownBy(() -> migrator.revert(false))
                .withMessageContaining("V3__index_note_again.sql failed")
                .withMessageContaining("repair");
        assertThatExceptionOfType(MigrationFailed.class)
                .isThrownBy(migrator::migrate)
                .withMessageContaining("V3__index_note_again.sql");
        assertThat(migrator.repair(false))
                .singleElement()
                .asString()
                .startsWith("V3__index_note_again.sql: ")
                .contains("failed");
        assertThat(migrator.migrate()).extracting(Migration::script).containsExactly("V3__index_note_again.sql");
    }

    @Test
    void a_connection_lost_in_an_undo_script_is_no_fault_of_the_script() throws SQLException {
        Migrator migrator = migrator("dying");
        migrator.migrate();

        assertThatExceptionOfType(ConnectionFailed.class).isThrownBy(() -> migrator.revert(false));

        assertThat(database.single("SELECT count(*) FROM note")).isEqualTo("1");
        assertThat(migrator.pending()).isEmpty();
    }

    /** The reader of scripts is told another syntax than the server's, and so takes the commit for a part of a string. */
    @Test
    void an_undo_script_that_hides_its_commit_is_found_out() throws SQLException {
        migrator("hiding").migrate();
        Connector connector = unbounded();
        var misled = new FlywayMigrator(
                "primary",
                new PostgresDialect(),
                Set::of,
                connector,
                connector,
                "dev/basalt/adapters/postgres/hiding",
                new PostgresMigrationLock(connector),
                Dispatcher.CALLER,
                Dispatcher.CALLER);

        assertThatExceptionOfType(RevertRefused.class)
                .isThrownBy(() -> migrator("hiding").revert(false))
                .withMessageContaining("COMMIT");
        assertThatExceptionOfType(MigrationFailed.class)
                .isThrownBy(() -> misled.revert(false))
                .withMessageContaining("U1__create_note.sql")
                .withMessageContaining("ended its transaction by itself");

        assertThat(database.single("SELECT count(*) FROM flyway_schema_history"))
                .as("the history tells that it is not over")
                .isEqualTo("1");
    }

    @Test
    void an_undo_script_has_functions_rules_and_whatever_else_the_server_knows() throws SQLException {
        Migrator migrator = migrator("rich");
        List<String> before = dump();
        migrator.migrate();
        assertThat(dump()).hasSizeGreaterThan(before.size());

        assertThat(migrator.revert(false).version()).isEqualTo("1");

        assertThat(dump()).isEqualTo(before);
    }

    private List<String> dump() throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(PostgresSchemaDump.QUERY)) {
            var lines = new ArrayList<String>();
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
            return lines;
        }
    }

    /** Each is another backend's, as it were another process. */
    private FlywayMigrator migrator(String folder) {
        var migrator = (FlywayMigrator) database.open(Limits.connections(1)).migrator();
        return migrator.withScripts("dev/basalt/adapters/postgres/" + folder);
    }

    private Connector unbounded() {
        var settings = PostgresSettings.of(
                new DatabaseSettings("primary", new DatabaseUrl(database.url()), PoolSettings.DEFAULTS));
        return settings.migration().connector(new DriverProperties(settings, PoolSettings.DEFAULTS).unbounded());
    }
}
