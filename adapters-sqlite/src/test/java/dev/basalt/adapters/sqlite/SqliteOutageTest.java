package dev.basalt.adapters.sqlite;

import static dev.basalt.domain.transaction.TransactionOptions.READ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.basalt.contract.BackendFixture;
import dev.basalt.contract.Caller;
import dev.basalt.contract.Limits;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.failure.DatabaseFailure.ConstraintViolated;
import dev.basalt.domain.failure.DatabaseFailure.ReadOnly;
import dev.basalt.domain.failure.DatabaseFailure.SerializationConflict;
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
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That the heartbeat notices what happens to a file, what becomes of callers, and that all heals. */
@Timeout(180)
final class SqliteOutageTest {

    private static final HealthSettings CLOSELY = new HealthSettings(Duration.ofMillis(50), Duration.ofSeconds(5));

    /** In bytes, with the log's header. */
    private static final long LOG_LIMIT = 16 * 1024 * 1024 + 32;

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

    @ParameterizedTest
    @ValueSource(strings = {"wal", "delete"})
    void a_full_disk_is_read_from_and_written_to_again_when_there_is_room(String journalMode) {
        try (Backend backend = open(file, Map.of("sqlite-journal-mode", journalMode))) {
            statements.write(
                    backend,
                    "CREATE TABLE item (id BIGINT)",
                    "CREATE TABLE basalt_probe (id TEXT PRIMARY KEY, payload TEXT NOT NULL)");
            awaitStatus(backend, HealthStatus.HEALTHY);

            try (var _ = new FullDisk()) {
                for (int i = 0; i < 3; i++) {
                    assertThatExceptionOfType(ReadOnly.class)
                            .isThrownBy(() -> statements.write(backend, "INSERT INTO item VALUES (1)"));
                    assertThat(statements.readNumber(backend, "SELECT count(*) FROM item"))
                            .isZero();
                }
                assertThat(backend.health().heartbeat().status()).isEqualTo(HealthStatus.DEGRADED);
                assertThat(backend.health().heartbeat().failure()).isInstanceOf(ReadOnly.class);
            }

            awaitStatus(backend, HealthStatus.HEALTHY);
            statements.write(backend, "INSERT INTO item VALUES (1)");
            assertThat(statements.readNumber(backend, "SELECT count(*) FROM item"))
                    .isOne();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"wal", "delete"})
    void a_disk_that_is_full_from_the_start_is_read_from_and_written_to_when_there_is_room(String journalMode) {
        // A write-ahead log has an index, which cannot be made without room; so somebody has made it before.
        try (Backend earlier = open(file, Map.of("sqlite-journal-mode", journalMode))) {
            assertThat(earlier.migrator().migrate()).isNotEmpty();
            statements.write(earlier, "CREATE TABLE item (id BIGINT)");
            Backend backend;
            try (var _ = new FullDisk()) {
                backend = open(file, Map.of("sqlite-journal-mode", journalMode));
                awaitStatus(backend, HealthStatus.HEALTHY);
                assertThat(backend.migrator().migrate()).isEmpty();
                assertThat(statements.readNumber(backend, "SELECT count(*) FROM item"))
                        .isZero();
                assertThatExceptionOfType(ReadOnly.class)
                        .isThrownBy(() -> statements.write(backend, "INSERT INTO item VALUES (1)"));
                assertThat(backend.health().heartbeat().status()).isEqualTo(HealthStatus.DEGRADED);
            }
            try (backend) {
                awaitStatus(backend, HealthStatus.HEALTHY);
                statements.write(backend, "INSERT INTO item VALUES (1)");
            }
        }
    }

    @Test
    void another_process_that_keeps_the_lock_for_long_costs_writers_their_patience_and_nobody_else_anything()
            throws IOException {
        try (Backend backend = open(file, Map.of("sqlite-busy-timeout", "PT0.5S"))) {
            statements.write(backend, "CREATE TABLE item (id BIGINT)");
            awaitStatus(backend, HealthStatus.HEALTHY);

            try (var _ = LockHolder.start(file)) {
                var writers = Stream.generate(() -> Caller.start(() -> {
                            statements.write(backend, "INSERT INTO item VALUES (1)");
                            return true;
                        }))
                        .limit(3)
                        .toList();
                await("the first one shows what it waits for")
                        .until(() -> backend.pool().holders().stream()
                                .anyMatch(holder -> "BEGIN".equals(holder.statement())));
                assertThat(writers)
                        .as("they queue for the one writer, and each waits its own time for the lock")
                        .allSatisfy(writer -> assertThat(writer.failure()).isInstanceOf(SerializationConflict.class));
                assertThat(statements.readNumber(backend, "SELECT count(*) FROM item"))
                        .isZero();
                assertThat(backend.health().heartbeat().usable()).isTrue();
                assertThat(backend.health().heartbeat().errorCount()).isZero();
            }

            statements.write(backend, "INSERT INTO item VALUES (1)");
            awaitStatus(backend, HealthStatus.HEALTHY);
            assertThat(backend.pool().stats().active()).isZero();
        }
    }

    @Test
    void a_log_that_a_long_reader_made_grow_is_short_again_when_it_has_gone() throws Exception {
        Path log = folder.resolve("basalt.db-wal");
        try (Backend backend = open(file)) {
            statements.write(backend, "CREATE TABLE item (content BLOB)");
            backend.transactions().inTransaction(READ, _ -> {
                statements.number(backend, "SELECT count(*) FROM item");
                return Caller.start(() -> {
                            for (int i = 0; i < 20; i++) {
                                statements.write(backend, "INSERT INTO item VALUES (zeroblob(1000000))");
                            }
                            return true;
                        })
                        .answer();
            });
            assertThat(Files.size(log)).isGreaterThan(LOG_LIMIT);

            // The first one checkpoints all, the second one begins the log anew.
            statements.write(backend, "INSERT INTO item VALUES ('a')");
            statements.write(backend, "INSERT INTO item VALUES ('b')");

            assertThat(Files.size(log)).isLessThanOrEqualTo(LOG_LIMIT);
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
        return open(file, Map.of());
    }

    private static Backend open(Path file, Map<String, String> options) {
        var settings = new DatabaseSettings(
                DatabaseSettings.PRIMARY,
                new DatabaseUrl("sqlite:" + file),
                Limits.connections(2),
                CLOSELY,
                options,
                Map.of());
        return new SqliteBackendProvider().open(settings, BackendListener.NONE);
    }

    private static Heartbeat awaitStatus(Backend backend, HealthStatus status) {
        return await("the heartbeat says " + status)
                .until(() -> backend.health().heartbeat(), heartbeat -> heartbeat.status() == status);
    }
}
