package dev.basalt.adapters.postgres;

import static dev.basalt.adapters.postgres.OwnDatabase.value;
import static dev.basalt.domain.transaction.TransactionOptions.READ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.basalt.contract.Caller;
import dev.basalt.contract.Limits;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.failure.DatabaseFailure.AuthenticationFailed;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.domain.settings.Secret;
import dev.basalt.ports.Backend;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A password that changes while the application runs, on a server that asks for it. */
@Timeout(120)
final class PostgresPasswordTest {

    private static final int CONNECTIONS = 4;

    /** For those that are not going to get a connection. */
    private static final PoolSettings IMPATIENT = Limits.connections(1, Duration.ofSeconds(2));

    private final OwnDatabase database = new OwnDatabase();
    private final String role = database.createRole();
    private final AtomicReference<String> file = new AtomicReference<>(role);

    @AfterEach
    void close_the_backends() {
        database.close();
    }

    @Test
    void no_transaction_fails_when_the_server_learns_the_password_before_the_application() {
        assertNothingFailsWhile(backend -> {
            changeOnServer("s3cret1");
            awaitMoreWork(backend);
            file.set("s3cret1");
            awaitAllReplaced(backend);
        });
    }

    @Test
    void no_transaction_fails_when_the_application_learns_the_password_before_the_server() {
        assertNothingFailsWhile(backend -> {
            file.set("s3cret1");
            awaitAllReplaced(backend);
            changeOnServer("s3cret1");
            awaitAllReplaced(backend);
        });
    }

    @Test
    void a_password_may_change_again_and_again() {
        assertNothingFailsWhile(backend -> {
            for (int turn = 0; turn < 4; turn++) {
                file.set("s3cret" + turn);
                awaitAllReplaced(backend);
                changeOnServer("s3cret" + turn);
                awaitAllReplaced(backend);
            }
        });
    }

    @Test
    void while_the_password_cannot_be_read_the_last_one_goes_on_working() {
        var gone = new AtomicBoolean();
        Backend backend = open(Secret.from(() -> {
            if (gone.get()) {
                throw new IllegalStateException("the file is being replaced");
            }
            return file.get();
        }));
        assertThat(value(backend, READ, "SELECT current_user")).isEqualTo(role);

        gone.set(true);
        awaitAllReplaced(backend);

        assertThat(value(backend, READ, "SELECT current_user")).isEqualTo(role);
    }

    @Test
    void a_migration_logs_in_with_the_password_as_it_is_then() {
        Backend backend = open(Secret.from(file::get));
        assertThat(backend.migrator().migrations()).isNotEmpty();

        changeOnServer("s3cret1");
        assertThatExceptionOfType(AuthenticationFailed.class)
                .isThrownBy(() -> backend.migrator().migrations());
        file.set("s3cret1");

        assertThat(backend.migrator().migrations()).isNotEmpty();
    }

    @Test
    void a_database_that_lets_nobody_in_any_more_is_down_although_the_heartbeat_was_in() {
        Backend backend = open(Secret.from(file::get));
        await().until(() -> backend.health().heartbeat().usable());

        changeOnServer("another");
        file.set("wrong");
        backend.pool().replaceConnections();

        await().until(() -> !backend.health().heartbeat().usable());
        assertThat(backend.health().heartbeat().failure()).isInstanceOf(AuthenticationFailed.class);
        file.set("another");
        await().until(() -> backend.health().heartbeat().usable());
    }

    @Test
    void where_several_servers_refuse_the_password_that_is_told_and_the_last_one_goes_on_working() {
        var options = new HashMap<>(database.parts(role));
        options.put("host", "localhost,127.0.0.1");
        Backend backend =
                database.open(options, Map.of("password", Secret.from(file::get)), Limits.connections(CONNECTIONS));
        assertThat(value(backend, READ, "SELECT current_user")).isEqualTo(role);

        file.set("s3cret1");
        backend.pool().replaceConnections();
        assertThat(value(backend, READ, "SELECT current_user")).isEqualTo(role);

        changeOnServer("another");
        backend.pool().replaceConnections();
        await().until(() -> backend.health().heartbeat().failure() instanceof AuthenticationFailed);

        file.set("another");
        await().until(() -> backend.health().heartbeat().usable());
        assertThat(value(backend, READ, "SELECT current_user")).isEqualTo(role);
    }

    @Test
    void passwords_that_are_refused_are_not_told() {
        Backend backend = database.open(database.parts(role), Map.of("password", Secret.from(file::get)), IMPATIENT);
        assertThat(value(backend, READ, "SELECT current_user")).isEqualTo(role);

        changeOnServer("s3cret1");
        file.set("s3cret2");
        database.terminate(Long.parseLong(value(backend, READ, "SELECT pg_backend_pid()")));

        assertThatExceptionOfType(DatabaseFailure.class)
                .isThrownBy(() -> {
                    for (int turn = 0; turn < 2; turn++) {
                        value(backend, READ, "SELECT 1");
                    }
                })
                .satisfies(PostgresPasswordTest::assertTellsNoSecret);
        assertThatExceptionOfType(AuthenticationFailed.class)
                .isThrownBy(() -> backend.migrator().migrations())
                .satisfies(PostgresPasswordTest::assertTellsNoSecret);
    }

    private static void assertTellsNoSecret(Throwable failure) {
        assertThat(failure.toString()).doesNotContain("s3cret");
        Stream.of(failure.getSuppressed()).forEach(PostgresPasswordTest::assertTellsNoSecret);
        if (failure.getCause() != null) {
            assertTellsNoSecret(failure.getCause());
        }
    }

    private void assertNothingFailsWhile(Change change) {
        Backend backend = open(Secret.from(file::get));
        var over = new AtomicBoolean();
        List<Caller<Integer>> callers = Stream.generate(() -> Caller.start(() -> work(backend, over)))
                .limit(2 * CONNECTIONS)
                .toList();
        try {
            change.on(backend);
        } finally {
            over.set(true);
        }

        assertThat(callers)
                .hasSize(2 * CONNECTIONS)
                .allSatisfy(caller -> assertThat(caller.answer()).isPositive());
        assertThat(value(backend, READ, "SELECT current_user")).isEqualTo(role);
    }

    private static int work(Backend backend, AtomicBoolean over) {
        int turns = 0;
        do {
            value(backend, READ, "SELECT current_user");
            turns++;
        } while (!over.get());
        return turns;
    }

    private Backend open(Secret password) {
        PoolSettings limits = Limits.connections(CONNECTIONS).withConnections(CONNECTIONS, CONNECTIONS);
        Backend backend = database.open(database.parts(role), Map.of("password", password), limits);
        await().until(() -> created(backend) == CONNECTIONS);
        return backend;
    }

    private void changeOnServer(String password) {
        database.execute("ALTER ROLE %s PASSWORD '%s'".formatted(role, password));
    }

    /** The connections that are open go on working. */
    private static void awaitMoreWork(Backend backend) {
        long before = backend.pool().stats().waits();
        await().until(() -> backend.pool().stats().waits() > before + 100);
    }

    private static void awaitAllReplaced(Backend backend) {
        long before = created(backend);
        backend.pool().replaceConnections();
        await().until(() -> created(backend) >= before + CONNECTIONS);
    }

    private static long created(Backend backend) {
        return backend.pool().stats().roles().getFirst().created();
    }

    private interface Change {
        void on(Backend backend);
    }
}
