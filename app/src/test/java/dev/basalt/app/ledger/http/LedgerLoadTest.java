package dev.basalt.app.ledger.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.app.RunningApplication;
import dev.basalt.app.RunningApplication.Answer;
import dev.basalt.contract.Caller;
import dev.basalt.contract.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LedgerLoadTest {

    private static final int ACCOUNTS = 8;
    private static final int CALLERS = 64;
    private static final int TRANSFERS_EACH = 10;

    @ParameterizedTest
    @MethodSource("dev.basalt.contract.TestDatabase#installed")
    void sixty_four_callers_on_four_connections_lose_and_leak_nothing(TestDatabase database) {
        try (var application = RunningApplication.on(database.create(), "database.max-connections", "4")) {
            List<Long> accounts = open(application);
            var callers = new ArrayList<Caller<List<Answer>>>();
            for (int i = 0; i < CALLERS; i++) {
                int caller = i;
                callers.add(Caller.start(() -> transfers(application, accounts, caller)));
            }
            List<Answer> answers =
                    callers.stream().flatMap(caller -> caller.answer().stream()).toList();

            assertThat(answers).hasSize(CALLERS * TRANSFERS_EACH);
            assertThat(answers).allSatisfy(answer -> {
                assertThat(answer.status()).as(answer.text()).isIn(Set.of(201, 409, 503));
                if (answer.status() == 503) {
                    assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
                }
            });
            assertThat(answers).anyMatch(answer -> answer.status() == 201);
            long sum = accounts.stream()
                    .mapToLong(id -> application
                            .get("/api/v1/accounts/" + id)
                            .json()
                            .path("balance")
                            .asLong())
                    .sum();
            assertThat(sum).isEqualTo(ACCOUNTS * 100L);
            assertThat(application.number(database, "SELECT CAST(SUM(amount) AS BIGINT) FROM entries"))
                    .isZero();
            long booked =
                    answers.stream().filter(answer -> answer.status() == 201).count();
            assertThat(application.number(database, "SELECT COUNT(*) FROM entries"))
                    .as("two for each opening and each transfer")
                    .isEqualTo(2 * (ACCOUNTS + booked));
            assertThat(application
                            .get("/api/v1/pools/primary")
                            .json()
                            .path("active_connections")
                            .asInt())
                    .isZero();
        }
    }

    private static List<Long> open(RunningApplication application) {
        var accounts = new ArrayList<Long>();
        for (int i = 0; i < ACCOUNTS; i++) {
            accounts.add(application
                    .post("/api/v1/accounts", "{\"owner\":\"x\",\"currency\":\"EUR\",\"opening_balance\":100}")
                    .id());
        }
        return accounts;
    }

    private static List<Answer> transfers(RunningApplication application, List<Long> accounts, int caller) {
        var answers = new ArrayList<Answer>();
        for (int i = 0; i < TRANSFERS_EACH; i++) {
            long from = accounts.get((caller + i) % ACCOUNTS);
            long to = accounts.get((caller + 3 * i + 1) % ACCOUNTS);
            long other = from == to ? accounts.get((caller + i + 1) % ACCOUNTS) : to;
            answers.add(application.post("/api/v1/transfers", LedgerCalls.order(from, other, 1 + caller)));
        }
        return answers;
    }
}
