package dev.basalt.app.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.app.ApplicationProcess;
import dev.basalt.app.RunningApplication;
import dev.basalt.contract.Caller;
import dev.basalt.contract.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StopTest {

    private static final int CLIENTS = 16;
    /** Far above what a stop takes, and below the drain time-out: nothing hangs. */
    private static final Duration BOUND = Duration.ofSeconds(20);

    static List<TestDatabase> durable() {
        return TestDatabase.installed().stream().filter(TestDatabase::durable).toList();
    }

    @ParameterizedTest
    @MethodSource("durable")
    void a_stop_under_load_answers_every_request_that_it_has_taken(TestDatabase database, @TempDir Path folder)
            throws IOException, InterruptedException {
        var url = database.create();
        var booked = new AtomicInteger();
        try (var process = ApplicationProcess.start(url, folder)) {
            process.awaitReady();
            long from = process.open(1_000_000);
            long to = process.open(0);
            String order = "{\"from_account\":%d,\"to_account\":%d,\"amount\":1}".formatted(from, to);
            var clients = new ArrayList<Caller<Boolean>>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(Caller.startOnPlatformThread(() -> transferUntilTheEnd(process.port(), order, booked)));
            }
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> booked.get() > 5 * CLIENTS);

            process.terminate();

            assertThat(clients)
                    .map(Caller::answer)
                    .as("told of the end")
                    .hasSize(CLIENTS)
                    .containsOnly(true);
            assertThat(process.endsWithin(BOUND)).as(process.output()).isTrue();
            assertThat(process.output()).contains("stopped in");
        }
        try (var application = RunningApplication.on(url)) {
            assertThat(application.number(database, "SELECT COUNT(*) FROM transfers"))
                    .as("those that were answered, and the opening balance")
                    .isEqualTo(booked.get() + 1);
            assertThat(application.number(database, "SELECT CAST(SUM(amount) AS BIGINT) FROM entries"))
                    .isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("durable")
    void a_request_that_comes_on_an_idle_connection_while_stopping_is_answered_as_the_last(
            TestDatabase database, @TempDir Path folder) throws IOException, InterruptedException {
        try (var process = ApplicationProcess.start(database.create(), folder)) {
            process.awaitReady();
            try (var idle = new KeptConnection(process.port())) {
                assertThat(idle.get("/health/liveness").last()).isFalse();

                process.terminate();
                Awaitility.await().atMost(BOUND).until(() -> !KeptConnection.canConnect(process.port()));

                KeptConnection.Answer answer = idle.get("/health/readiness");
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.last()).isTrue();
                assertThat(idle.hasEnded()).isTrue();
            }
            assertThat(process.endsWithin(BOUND)).as(process.output()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.basalt.contract.TestDatabase#installed")
    void who_hangs_is_waited_for_no_longer_than_allowed(TestDatabase database)
            throws IOException, InterruptedException {
        try (var application = RunningApplication.on(database.create());
                var hanging = new KeptConnection(application.port());
                var waiting = new KeptConnection(application.port())) {
            assertThat(waiting.get("/health/liveness").status()).isEqualTo(200);
            hanging.get("/health/liveness");
            hanging.send("POST /api/v1/transfers HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{");
            var connections = application.context().getBean(Connections.class);
            // Their event loops take turns: by now they have read the unfinished request.
            connections.refuse(Duration.ofSeconds(10));
            waiting.get("/health/liveness");

            assertThat(connections.drain(Duration.ofSeconds(2))).isEqualTo(1);

            assertThat(hanging.hasEnded()).isTrue();
            assertThat(waiting.hasEnded()).isTrue();
        }
    }

    /** Sends the next transfer as soon as the last is answered; tells whether the server said which answer was the last. */
    private static boolean transferUntilTheEnd(int port, String order, AtomicInteger booked) throws IOException {
        int length = order.getBytes(StandardCharsets.UTF_8).length;
        try (var connection = new KeptConnection(port)) {
            while (true) {
                KeptConnection.Answer answer = connection
                        .send("POST /api/v1/transfers HTTP/1.1\r\nHost: localhost\r\n"
                                + "Content-Type: application/json\r\nContent-Length: " + length + "\r\n\r\n" + order)
                        .answer();
                if (answer.status() == 201) {
                    booked.incrementAndGet();
                } else {
                    assertThat(answer.status()).isIn(503, 409);
                }
                if (answer.last()) {
                    return true;
                }
            }
        }
    }
}
