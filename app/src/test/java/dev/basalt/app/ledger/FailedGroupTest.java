package dev.basalt.app.ledger;

import static dev.basalt.app.ledger.Orders.begin;
import static dev.basalt.app.ledger.Orders.order;
import static dev.basalt.app.ledger.Orders.orders;
import static dev.basalt.app.ledger.Orders.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.basalt.app.backends.FakeBackend;
import dev.basalt.contract.Caller;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.failure.DatabaseFailure.ObjectNotFound;
import dev.basalt.domain.failure.DatabaseFailure.OutcomeUnknown;
import dev.basalt.domain.failure.DatabaseFailure.PermissionDenied;
import dev.basalt.domain.failure.DatabaseFailure.ReadOnly;
import dev.basalt.domain.failure.DatabaseFailure.SerializationConflict;
import dev.basalt.domain.ledger.TransferOutcome;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.TransactionRunner;
import dev.basalt.ports.TransactionWork;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a group that fails. */
@Timeout(60)
class FailedGroupTest {

    private final FakeBackend backend =
            FakeBackend.of(new DatabaseSettings("primary", new DatabaseUrl("fake:x"), PoolSettings.DEFAULTS));
    private final FakeLedger ledger = new FakeLedger();
    private final HeardBatches batches = new HeardBatches();
    private final GroupCommit groups = on(backend.transactions());

    @BeforeEach
    void have_a_database() {
        backend.comes();
    }

    /** No commit is late for it. */
    private GroupCommit on(TransactionRunner transactions) {
        return new GroupCommit(
                transactions, ledger, Duration.ofSeconds(30), Duration.ofHours(1), System::nanoTime, batches);
    }

    @Test
    void an_order_that_fails_its_group_fails_alone() {
        CountDownLatch first = ledger.holdsUp(order(1));
        Caller<TransferOutcome> leader = beginOrder(1);
        List<Caller<TransferOutcome>> others = queue(2, 5);
        ledger.beforePosting(batch -> {
            if (batch.contains(order(3))) {
                throw new SerializationConflict("account 3 is locked", null);
            }
        });

        first.countDown();

        leader.answer();
        assertThat(others.get(0).answer()).isEqualTo(outcome(2));
        assertThat(others.get(1).failure()).isInstanceOf(SerializationConflict.class);
        assertThat(others.get(2).answer()).isEqualTo(outcome(4));
        assertThat(others.get(3).answer()).isEqualTo(outcome(5));
        assertThat(ledger.batches())
                .containsExactlyInAnyOrder(
                        orders(1, 1), orders(2, 5), orders(2, 3), orders(4, 5), orders(2, 2), orders(3, 3));
        assertThat(batches.sizes()).containsExactlyInAnyOrder(1, 1, 2);
    }

    @Test
    void an_order_that_fails_its_group_fails_alone_also_after_an_attempt_that_was_lost() {
        var tryingTwice = on(new TryingTwice(backend.transactions()));
        CountDownLatch first = ledger.holdsUp(order(1));
        Caller<TransferOutcome> leader = begin(tryingTwice, 1);
        await().until(() -> ledger.batches().size() == 1);
        List<Caller<TransferOutcome>> others = Orders.queue(tryingTwice, 2, 4);
        ledger.beforePosting(batch -> {
            if (batch.equals(orders(2, 4))
                    && ledger.batches().stream().filter(batch::equals).count() == 1) {
                throw new ConnectionFailed("lost", null);
            }
            if (batch.contains(order(3))) {
                throw new SerializationConflict("account 3 is locked", null);
            }
        });

        first.countDown();

        leader.answer();
        assertThat(others.get(0).answer()).isEqualTo(outcome(2));
        assertThat(others.get(1).failure()).isInstanceOf(SerializationConflict.class);
        assertThat(others.get(2).answer()).isEqualTo(outcome(4));
    }

    @Test
    void those_who_come_after_a_group_that_is_split_do_not_wait_for_its_parts() {
        CountDownLatch first = ledger.holdsUp(order(1));
        Caller<TransferOutcome> leader = beginOrder(1);
        List<Caller<TransferOutcome>> others = queue(2, 3);
        var trouble = new CountDownLatch(1);
        var parts = new CountDownLatch(1);
        ledger.beforePosting(batch -> {
            if (batch.equals(orders(2, 3))) {
                FakeLedger.await(trouble);
                throw new SerializationConflict("account 2 is locked", null);
            }
            if (batch.contains(order(2))) {
                FakeLedger.await(parts);
            }
        });
        first.countDown();
        leader.answer();
        await().until(() -> ledger.batches().contains(orders(2, 3)));
        Caller<TransferOutcome> after = begin(groups, 4);
        await().until(() -> groups.waiting() == 1);

        trouble.countDown();

        assertThat(after.answer()).isEqualTo(outcome(4));
        assertThat(others.getFirst().isDone()).isFalse();
        parts.countDown();
        assertThat(others.getFirst().answer()).isEqualTo(outcome(2));
    }

    @Test
    void a_defect_that_one_order_brings_to_light_is_that_orders_own() {
        CountDownLatch first = ledger.holdsUp(order(1));
        Caller<TransferOutcome> leader = beginOrder(1);
        List<Caller<TransferOutcome>> others = queue(2, 3);
        ledger.beforePosting(batch -> {
            if (batch.contains(order(2))) {
                throw new ArithmeticException("overflow");
            }
        });

        first.countDown();

        leader.answer();
        assertThat(others.get(0).failure()).isInstanceOf(ArithmeticException.class);
        assertThat(others.get(1).answer()).isEqualTo(outcome(3));
    }

    static List<DatabaseFailure> ofTheDatabase() {
        return List.of(
                new ConnectionFailed("gone", null),
                new ReadOnly("no writes", null),
                new PermissionDenied("not yours", null),
                new ObjectNotFound("no table", null));
    }

    @ParameterizedTest
    @MethodSource("ofTheDatabase")
    void a_failure_of_the_database_is_everybodys_and_is_not_multiplied(DatabaseFailure failure) {
        CountDownLatch first = ledger.holdsUp(order(1));
        Caller<TransferOutcome> leader = beginOrder(1);
        List<Caller<TransferOutcome>> others = queue(2, 5);
        ledger.beforePosting(_ -> {
            throw failure;
        });

        first.countDown();

        leader.answer();
        assertThat(others)
                .hasSize(4)
                .allSatisfy(caller -> assertThat(caller.failure()).isSameAs(failure));
        assertThat(ledger.batches()).containsExactly(List.of(order(1)), orders(2, 5));
    }

    @Test
    void a_group_whose_outcome_is_unknown_is_not_split_so_nobody_is_told_that_nothing_was_done() {
        var groupsWithRetry = on(new LosingCommits(backend));
        CountDownLatch first = ledger.holdsUp(order(1));
        Caller<TransferOutcome> leader = begin(groupsWithRetry, 1);
        await().until(() -> ledger.batches().size() == 1);
        Caller<TransferOutcome> second = begin(groupsWithRetry, 2);
        await().until(() -> groupsWithRetry.waiting() == 1);
        Caller<TransferOutcome> third = begin(groupsWithRetry, 3);
        await().until(() -> groupsWithRetry.waiting() == 2);
        ledger.beforePosting(batch -> {
            if (ledger.batches().stream().filter(batch::equals).count() > 1) {
                throw new SerializationConflict("the first transaction still holds the keys", null);
            }
        });

        first.countDown();

        assertThat(leader.failure()).isInstanceOf(OutcomeUnknown.class);
        assertThat(second.failure()).isInstanceOf(OutcomeUnknown.class);
        assertThat(third.failure()).isInstanceOf(OutcomeUnknown.class);
        assertThat(ledger.batches()).doesNotContain(List.of(order(2)), List.of(order(3)));
    }

    /** Transactions that are begun once more when their connection was lost. */
    private record TryingTwice(TransactionRunner inner) implements TransactionRunner {

        @Override
        public <R extends @Nullable Object, X extends Exception> R inTransaction(
                TransactionOptions options, TransactionWork<R, X> work) throws X {
            try {
                return inner.inTransaction(options, work);
            } catch (ConnectionFailed e) {
                return inner.inTransaction(options.withAttempt(2), work);
            }
        }

        @Override
        public boolean isRunning() {
            return inner.isRunning();
        }
    }

    private Caller<TransferOutcome> beginOrder(long number) {
        Caller<TransferOutcome> caller = begin(groups, number);
        await().until(() -> ledger.batches().size() == 1);
        return caller;
    }

    private List<Caller<TransferOutcome>> queue(long from, long to) {
        return Orders.queue(groups, from, to);
    }
}
