package dev.basalt.adapters.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.basalt.contract.BackendFixture;
import dev.basalt.contract.Caller;
import dev.basalt.contract.Limits;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.failure.DatabaseFailure.ConstraintViolated;
import dev.basalt.domain.failure.DatabaseFailure.ReadOnly;
import dev.basalt.domain.health.HealthStatus;
import dev.basalt.domain.health.Heartbeat;
import dev.basalt.domain.health.ProbeDepth;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.domain.settings.HealthSettings;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That the heartbeat notices what happens to a file, what becomes of callers, and that all heals. */
@Timeout(180)
final class SqliteOutageTest {

    private static final HealthSettings CLOSELY = new HealthSettings(Duration.ofMillis(50), Duration.ofSeconds(5));

    private final BackendFixture statements = new BackendFixture(new SqliteFileTestDatabase());
    private final Path folder = SqliteFileTestDatabase.folder();
    private final Path file = folder.resolve("basalt.db");

    @BeforeEach
    void be_patient() {
        Awaitility.setDefaultTimeout(Caller.PATIENCE);
    }

    @AfterEach
    void be_as_patient_as_before() {
        Awaitility.reset();
    }

    @Test
    void a_file_that_is_gone_is_out_of_reach_and_back_when_it_is_back() throws IOException {
        try (Backend backend = open(file)) {
            statements.write(backend, "CREATE TABLE item (id BIGINT)", "INSERT INTO item VALUES (42)");
            awaitStatus(backend, HealthStatus.HEALTHY);

            Files.move(file, folder.resolve("away.db"));

            assertThat(awaitStatus(backend, HealthStatus.UNHEALTHY).failure()).isInstanceOf(ConnectionFailed.class);
            assertThatExceptionOfType(ConnectionFailed.class)
                    .isThrownBy(() -> statements.readNumber(backend, "SELECT id FROM item"));
            await().until(() -> backend.health().heartbeat().errorCount() >= 3);
            assertThat(file).as("nobody has made an empty one").doesNotExist();

            Files.move(folder.resolve("away.db"), file);

            awaitStatus(backend, HealthStatus.HEALTHY);
            assertThat(statements.readNumber(backend, "SELECT id FROM item")).isEqualTo(42);
        }
    }

    @Test
    void a_file_that_is_replaced_by_another_one_is_that_other_one_from_then_on() throws IOException {
        Path other = folder.resolve("other.db");
        try (Backend backend = open(other)) {
            statements.write(backend, "CREATE TABLE item (id BIGINT)", "INSERT INTO item VALUES (2)");
        }
        try (Backend backend = open(file)) {
            statements.write(backend, "CREATE TABLE item (id BIGINT)", "INSERT INTO item VALUES (1)");
            assertThat(statements.readNumber(backend, "SELECT id FROM item")).isOne();

            Files.delete(folder.resolve("basalt.db-wal"));
            Files.delete(folder.resolve("basalt.db-shm"));
            Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);

            await().ignoreExceptions().until(() -> statements.readNumber(backend, "SELECT id FROM item") == 2);
        }
    }

    @Test
    void a_file_that_another_process_has_locked_opens_and_is_used_when_it_lets_go() throws IOException {
        Backend backend;
        try (var _ = LockHolder.start(file)) {
            backend = open(file);
            assertThat(awaitStatus(backend, HealthStatus.HEALTHY).failure())
                    .as("whoever says that it is busy is alive")
                    .isNull();
        }
        try (backend) {
            await().ignoreExceptions().untilAsserted(() -> statements.write(backend, "CREATE TABLE item (id BIGINT)"));
            assertThat(statements.readNumber(backend, "SELECT count(*) FROM item"))
                    .isZero();
        }
    }

    @Test
    void a_file_that_turns_read_only_is_degraded_until_it_takes_writes_again() throws Exception {
        try (Backend backend = open(file)) {
            statements.write(
                    backend,
                    "CREATE TABLE item (id BIGINT)",
                    "CREATE TABLE basalt_probe (id TEXT PRIMARY KEY, payload TEXT NOT NULL)");
        }
        WriteVersion.forbid(file);
        try (Backend backend = open(file)) {
            awaitStatus(backend, HealthStatus.HEALTHY);

            assertThatExceptionOfType(ReadOnly.class)
                    .isThrownBy(() -> statements.write(backend, "INSERT INTO item VALUES (1)"));

            assertThat(backend.health().heartbeat().failure()).isInstanceOf(ReadOnly.class);
            for (int i = 0; i < 5; i++) {
                Instant last = backend.health().heartbeat().lastGood();
                await().until(() ->
                        !Objects.equals(last, backend.health().heartbeat().lastGood()));
            }
            assertThat(backend.health().heartbeat().status())
                    .as("the heartbeat's own writes are refused as well")
                    .isEqualTo(HealthStatus.DEGRADED);
            assertThat(backend.health()
                            .probe(ProbeDepth.DEEP, Duration.ofSeconds(20))
                            .status())
                    .isEqualTo(HealthStatus.DEGRADED);
            assertThat(statements.readNumber(backend, "SELECT count(*) FROM item"))
                    .as("reads go on")
                    .isZero();

            WriteVersion.allow(file);

            awaitStatus(backend, HealthStatus.HEALTHY);
            statements.write(backend, "INSERT INTO item VALUES (1)");
        }
    }

    @Test
    void a_deep_probe_that_fails_midway_leaves_nothing() {
        try (Backend backend = open(file)) {
            statements.write(
                    backend,
                    "CREATE TABLE basalt_probe (id TEXT PRIMARY KEY, payload TEXT NOT NULL)",
                    "CREATE TRIGGER stays BEFORE DELETE ON basalt_probe BEGIN SELECT raise(ABORT, 'stays'); END");

            var result = backend.health().probe(ProbeDepth.DEEP, Duration.ofSeconds(20));

            assertThat(result.failure()).isInstanceOf(ConstraintViolated.class);
            assertThat(statements.readNumber(backend, "SELECT count(*) FROM basalt_probe"))
                    .isZero();
        }
    }

    private static Backend open(Path file) {
        var settings = new DatabaseSettings(
                DatabaseSettings.PRIMARY,
                new DatabaseUrl("sqlite:" + file),
                Limits.connections(2),
                CLOSELY,
                Map.of(),
                Map.of());
        return new SqliteBackendProvider().open(settings, BackendListener.NONE);
    }

    private static Heartbeat awaitStatus(Backend backend, HealthStatus status) {
        return await("the heartbeat says " + status)
                .until(() -> backend.health().heartbeat(), heartbeat -> heartbeat.status() == status);
    }
}
