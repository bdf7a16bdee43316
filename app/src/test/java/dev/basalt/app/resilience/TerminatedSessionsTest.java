package dev.basalt.app.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.app.RunningApplication;
import dev.basalt.app.RunningApplication.Answer;
import dev.basalt.contract.Caller;
import dev.basalt.contract.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TerminatedSessionsTest {

    private static final int CALLERS = 8;
    private static final int TRANSFERS = 100;

    /** An embedded database has no sessions that somebody else could end. */
    static List<TestDatabase> servers() {
        return TestDatabase.installed().stream()
                .filter(database -> !database.provider().product().equals("sqlite"))
                .toList();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("servers")
    void callers_do_not_notice_that_all_sessions_are_terminated(TestDatabase database) {
        try (var application = RunningApplication.on(database.create())) {
            long from = open(application, 100_000);
            long to = open(application, 0);
            var done = new AtomicInteger();
            var callers = new ArrayList<Caller<List<Answer>>>();
            for (int caller = 0; caller < CALLERS; caller++) {
                callers.add(Caller.start(() -> {
                    var answers = new ArrayList<Answer>();
                    for (int i = 0; i < TRANSFERS; i++) {
                        answers.add(application.post(
                                "/api/v1/transfers",
                                "{\"from_account\":%d,\"to_account\":%d,\"amount\":1,\"description\":\"\"}"
                                        .formatted(from, to)));
                        done.incrementAndGet();
                    }
                    return answers;
                }));
            }
            Awaitility.await().until(() -> done.get() > CALLERS * TRANSFERS / 4);
            long terminated = application.number(
                    database,
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND pid <> pg_backend_pid()");

            List<Answer> answers =
                    callers.stream().flatMap(caller -> caller.answer().stream()).toList();
            assertThat(terminated).isPositive();
            assertThat(answers)
                    .hasSize(CALLERS * TRANSFERS)
                    .allSatisfy(answer ->
                            assertThat(answer.status()).as(answer.text()).isEqualTo(201));
            assertThat(application
                            .get("/api/v1/accounts/" + to)
                            .json()
                            .path("balance")
                            .asLong())
                    .isEqualTo(CALLERS * TRANSFERS);
        }
    }

    private static long open(RunningApplication application, long balance) {
        Answer opened = application.post(
                "/api/v1/accounts",
                "{\"owner\":\"somebody\",\"currency\":\"EUR\",\"opening_balance\":%d}".formatted(balance));
        assertThat(opened.status()).as(opened.text()).isEqualTo(201);
        return opened.id();
    }
}
