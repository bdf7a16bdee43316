package dev.basalt.app.ledger.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.app.RunningApplication;
import dev.basalt.app.RunningApplication.Answer;
import dev.basalt.contract.Caller;
import dev.basalt.contract.TestDatabase;
import dev.basalt.domain.pool.Role;
import dev.basalt.domain.pool.RoleStats;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.Backend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LedgerLoadTest {

    private static final int ACCOUNTS = 8;
    private static final int CALLERS = 64;
    private static final int TRANSFERS_EACH = 10;
    private static final int TURNED_AWAY = 16;
    /** Far above the time-out, for slow machines, and far below a hang. */
    private static final Duration BOUND = Duration.ofSeconds(10);

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
                    assertThatThePoolWasFull(answer);
                } else if (answer.status() == 409) {
                    assertThat(answer.code()).isIn(Set.of("insufficient_funds", "serialization_conflict"));
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
            assertThat(figure(application, "active_connections")).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.basalt.contract.TestDatabase#installed")
    void a_full_pool_turns_every_transfer_away_in_time_and_takes_them_again_when_it_has_room(TestDatabase database)
            throws InterruptedException {
        try (var application = RunningApplication.on(
                database.create(), "database.max-connections", "4", "database.acquire-timeout", "300ms")) {
            List<Long> accounts = open(application);
            Backend primary = application.context().getBean(Backend.class);
            int writers = writers(primary);
            var writing = new CountDownLatch(writers);
            var release = new CountDownLatch(1);
            var holders = new ArrayList<Caller<Boolean>>();
            try {
                for (int i = 0; i < writers; i++) {
                    holders.add(Caller.startOnPlatformThread(() -> hold(primary, writing, release)));
                }
                assertThat(writing.await(30, TimeUnit.SECONDS)).isTrue();
                assertThat(figure(application, "active_connections")).isEqualTo(writers);

                var callers = new ArrayList<Caller<Timed>>();
                for (int i = 0; i < TURNED_AWAY; i++) {
                    callers.add(Caller.start(() -> timed(application, accounts)));
                }

                assertThat(callers).map(Caller::answer).hasSize(TURNED_AWAY).allSatisfy(timed -> {
                    assertThat(timed.answer().status())
                            .as(timed.answer().text())
                            .isEqualTo(503);
                    assertThatThePoolWasFull(timed.answer());
                    assertThat(timed.took()).isLessThan(BOUND);
                });
            } finally {
                release.countDown();
            }
            assertThat(holders).map(Caller::answer).hasSize(writers).containsOnly(true);

            Answer booked = transfer(application, accounts);

            assertThat(booked.status()).as(booked.text()).isEqualTo(201);
            assertThat(figure(application, "active_connections")).isZero();
            assertThat(figure(application, "waiting")).isZero();
            assertThat(application.number(database, "SELECT COUNT(*) FROM entries"))
                    .as("two for each opening and for the one transfer")
                    .isEqualTo(2 * (ACCOUNTS + 1));
        }
    }

    /** How many transactions that write take all the connections there are for it. */
    private static int writers(Backend backend) {
        int writers = backend.pool().stats().roles().stream()
                .filter(part -> part.role() != Role.READER)
                .mapToInt(RoleStats::max)
                .sum();
        assertThat(writers).isEqualTo(backend.product().equals("sqlite") ? 1 : 4);
        return writers;
    }

    /** Stays in a transaction until the release; tells whether that came. */
    private static boolean hold(Backend backend, CountDownLatch writing, CountDownLatch release)
            throws InterruptedException {
        return backend.transactions().inTransaction(TransactionOptions.WRITE, _ -> {
            writing.countDown();
            return release.await(60, TimeUnit.SECONDS);
        });
    }

    private static Timed timed(RunningApplication application, List<Long> accounts) {
        long start = System.nanoTime();
        Answer answer = transfer(application, accounts);
        return new Timed(answer, Duration.ofNanos(System.nanoTime() - start));
    }

    private static Answer transfer(RunningApplication application, List<Long> accounts) {
        return application.post("/api/v1/transfers", LedgerCalls.order(accounts.get(0), accounts.get(1), 1));
    }

    private static void assertThatThePoolWasFull(Answer answer) {
        assertThat(answer.code()).isEqualTo("pool_exhausted");
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
    }

    private static int figure(RunningApplication application, String name) {
        return application.get("/api/v1/pools/primary").json().required(name).intValue();
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

    private record Timed(Answer answer, Duration took) {}
}
