package dev.basalt.adapters.postgres;

import static dev.basalt.adapters.postgres.OwnDatabase.value;
import static dev.basalt.domain.transaction.TransactionOptions.READ;
import static dev.basalt.domain.transaction.TransactionOptions.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.basalt.contract.Limits;
import dev.basalt.domain.failure.DatabaseFailure.AuthenticationFailed;
import dev.basalt.domain.failure.DatabaseFailure.PermissionDenied;
import dev.basalt.domain.migration.Migration;
import dev.basalt.domain.settings.DatabasePlace;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.domain.settings.Secret;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What comes of a database in parts when it meets a server. */
@Timeout(120)
final class PostgresPartsTest {

    private static final String ODD = "p@ss w'o/r?d%#+:&=\"\\ß";

    private final OwnDatabase database = new OwnDatabase();

    @TempDir
    private Path folder;

    @AfterEach
    void close_the_backends() {
        database.close();
    }

    @Test
    void a_database_in_parts_is_opened_as_one_with_a_url() {
        String role = database.createRole();

        Backend backend =
                database.open(database.parts(role), Map.of("password", Secret.of(role)), Limits.connections(1));

        assertThat(value(backend, READ, "SELECT current_user || ' ' || current_database()"))
                .isEqualTo(role + " " + database.name());
        assertThat(value(backend, READ, "SHOW search_path")).isEqualTo("public");
        assertThat(backend.place())
                .isEqualTo(new DatabasePlace(
                        "postgresql",
                        database.server().host(),
                        database.server().port(),
                        database.name(),
                        "public"));
    }

    @Test
    void an_odd_password_works_as_a_part_and_out_of_a_file() throws IOException {
        String role = database.createRole();
        database.execute("ALTER ROLE %s PASSWORD '%s'".formatted(role, ODD.replace("'", "''")));
        Path file = Files.writeString(folder.resolve("password"), ODD);

        for (Secret password : new Secret[] {Secret.of(ODD), Secret.from(() -> read(file))}) {
            Backend backend = database.open(database.parts(role), Map.of("password", password), Limits.connections(1));
            assertThat(value(backend, READ, "SELECT current_user")).isEqualTo(role);
            backend.close();
        }
    }

    @Test
    void odd_names_work_as_parts() {
        String odd = "w'o/r?d%# \"ß" + database.name();
        String quoted = '"' + odd.replace("\"", "\"\"") + '"';
        database.execute("CREATE ROLE " + quoted + " LOGIN PASSWORD 'p'", "CREATE DATABASE " + quoted);
        Map<String, String> parts = database.parts(odd);
        parts.put("name", odd);

        Backend backend = database.open(parts, Map.of("password", Secret.of("p")), Limits.connections(1));

        assertThat(value(backend, READ, "SELECT current_user || current_database()"))
                .isEqualTo(odd + odd);
    }

    @Test
    void a_password_beside_a_url_fills_what_the_url_leaves_out() {
        String role = database.createRole();
        var url = new DatabaseUrl(database.url(role).replace(":" + role + "@", "@"));
        var settings = new DatabaseSettings("primary", url, Limits.connections(1))
                .with(Map.of("schema", "pg_catalog"), Map.of("password", Secret.of(role)));

        Backend backend = database.open(settings, BackendListener.NONE);

        assertThat(value(backend, READ, "SELECT current_user")).isEqualTo(role);
        assertThat(value(backend, READ, "SHOW search_path")).isEqualTo("pg_catalog");
    }

    @Test
    void migrations_run_as_the_migration_user_and_the_service_as_its_own() throws SQLException {
        String owner = database.createRole();
        String service = database.createRole();
        database.execute(
                "GRANT CREATE ON SCHEMA public TO " + owner,
                "ALTER DEFAULT PRIVILEGES FOR ROLE %s GRANT SELECT ON TABLES TO %s".formatted(owner, service));
        Map<String, String> parts = database.parts(service);
        parts.put("migration-user", owner);

        Backend backend = database.open(
                parts,
                Map.of("password", Secret.of(service), "migration-password", Secret.of(owner)),
                Limits.connections(1));

        assertThat(backend.migrator().migrate())
                .isNotEmpty()
                .extracting(Migration::installedBy)
                .containsOnly(owner);
        assertThat(backend.migrator().validate()).isEmpty();
        assertThat(database.single("SELECT tableowner FROM pg_tables WHERE tablename = 'accounts'"))
                .isEqualTo(owner);
        assertThat(value(backend, READ, "SELECT current_user || ' ' || count(*) FROM accounts"))
                .startsWith(service + " ");
        assertThatExceptionOfType(PermissionDenied.class)
                .isThrownBy(() -> value(backend, WRITE, "DELETE FROM accounts RETURNING 'gone'"));
    }

    @Test
    void the_services_password_is_not_tried_for_another_migration_user() {
        String role = database.createRole();
        String owner = database.createRole();
        Map<String, String> parts = database.parts(role);
        parts.put("migration-user", owner);

        Backend backend = database.open(parts, Map.of("password", Secret.of(owner)), Limits.connections(1));

        assertThatExceptionOfType(AuthenticationFailed.class)
                .isThrownBy(() -> backend.migrator().migrations());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
