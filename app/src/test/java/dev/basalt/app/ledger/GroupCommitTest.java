package dev.basalt.app.ledger;

import static dev.basalt.app.ledger.Orders.order;
import static dev.basalt.app.ledger.Orders.orders;
import static dev.basalt.app.ledger.Orders.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.basalt.app.backends.FakeBackend;
import dev.basalt.contract.Caller;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.failure.DatabaseFailure.OutcomeUnknown;
import dev.basalt.domain.failure.DatabaseFailure.PoolExhausted;
import dev.basalt.domain.failure.DatabaseFailure.SerializationConflict;
import dev.basalt.domain.ledger.TransferOutcome;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.domain.transaction.TransactionOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GroupCommitTest {

    /** For those that no commit is late for. */
    private static final Duration NEVER = Duration.ofHours(1);

    private final FakeBackend backend =
            FakeBackend.of(new DatabaseSettings("primary", new DatabaseUrl("fake:x"), PoolSettings.DEFAULTS));
    private final FakeLedger ledger = new FakeLedger();
    private final HeardBatches batches = new HeardBatches();
    private final GroupCommit groups = groups(Duration.ofSeconds(30));

    @BeforeEach
    void have_a_database() {
        backend.comes();
    }

    private GroupCommit groups(Duration patience) {
        return new GroupCommit(backend.transactions(), ledger, patience, NEVER, batches);
    }

    @Test
    void who_waits_for_a_commit_that_is_late_leads_beside_it() {
        var hurried =
                new GroupCommit(backend.transactions(), ledger, Duration.ofSeconds(30), Duration.ofMillis(1), batches);
        CountDownLatch first = holdUp(1);
        Caller<TransferOutcome> late = begin(hurried, 1);
        await().until(() -> ledger.batches().size() == 1);

        assertThat(begin(hurried, 2).answer()).isEqualTo(outcome(2));
        assertThat(begin(hurried, 3).answer()).isEqualTo(outcome(3));
        assertThat(late.isDone()).isFalse();

        first.countDown();
        assertThat(late.answer()).isEqualTo(outcome(1));
        assertThat(hurried.post(order(4))).isEqualTo(outcome(4));
        assertThat(ledger.batches()).hasSize(4);
    }

    @Test
    void an_order_that_comes_alone_is_committed_alone() {
        assertThat(groups.post(order(7))).isEqualTo(outcome(7));

        assertThat(ledger.batches()).containsExactly(List.of(order(7)));
        assertThat(batches.sizes()).containsExactly(1);
    }

    @Test
    void orders_that_come_during_a_commit_share_the_next_one_and_each_gets_its_own_outcome() {
        CountDownLatch first = holdUp(1);
        Caller<TransferOutcome> leader = beginOrder(1);
        List<Caller<TransferOutcome>> others = queue(2, 6);

        first.countDown();

        assertThat(leader.answer()).isEqualTo(outcome(1));
        for (int i = 0; i < others.size(); i++) {
            assertThat(others.get(i).answer()).isEqualTo(outcome(i + 2));
        }
        assertThat(ledger.batches()).containsExactly(List.of(order(1)), orders(2, 6));
        assertThat(batches.sizes()).containsExactly(1, 5);
    }

    @Test
    void a_group_holds_no_more_orders_than_the_limit() {
        CountDownLatch first = holdUp(1);
        Caller<TransferOutcome> leader = beginOrder(1);
        List<Caller<TransferOutcome>> others = queue(2, GroupCommit.MAX_GROUP + 11);

        first.countDown();

        leader.answer();
        others.forEach(Caller::answer);
        assertThat(batches.sizes()).containsExactly(1, GroupCommit.MAX_GROUP, 10);
    }

    @Test
    void an_order_that_fails_its_group_fails_alone() {
        CountDownLatch first = holdUp(1);
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
    void a_defect_that_one_order_brings_to_light_is_that_orders_own() {
        CountDownLatch first = holdUp(1);
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

    @Test
    void a_failure_of_the_database_is_everybodys_and_is_not_multiplied() {
        CountDownLatch first = holdUp(1);
        Caller<TransferOutcome> leader = beginOrder(1);
        List<Caller<TransferOutcome>> others = queue(2, 5);
        ledger.beforePosting(_ -> {
            throw new ConnectionFailed("gone", null);
        });

        first.countDown();

        leader.answer();
        assertThat(others)
                .hasSize(4)
                .allSatisfy(caller -> assertThat(caller.failure()).isInstanceOf(ConnectionFailed.class));
        assertThat(ledger.batches()).containsExactly(List.of(order(1)), orders(2, 5));
    }

    @Test
    void a_group_whose_outcome_is_unknown_is_not_split_so_nobody_is_told_that_nothing_was_done() {
        var groupsWithRetry =
                new GroupCommit(new LosingCommits(backend), ledger, Duration.ofSeconds(30), NEVER, batches);
        CountDownLatch first = holdUp(1);
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

    @Test
    void after_a_failure_the_next_order_is_committed() {
        ledger.beforePosting(_ -> {
            throw new ConnectionFailed("gone", null);
        });
        assertThat(Caller.start(() -> groups.post(order(1))).failure()).isInstanceOf(ConnectionFailed.class);
        ledger.beforePosting(_ -> {});

        assertThat(groups.post(order(2))).isEqualTo(outcome(2));
    }

    @Test
    void an_order_that_waits_too_long_fails_and_is_not_carried_out() {
        GroupCommit impatient = groups(Duration.ofMillis(1));
        CountDownLatch first = holdUp(1);
        Caller<TransferOutcome> leader = begin(impatient, 1);
        await().until(() -> ledger.batches().size() == 1);

        assertThat(begin(impatient, 2).failure()).isInstanceOf(PoolExhausted.class);
        assertThat(batches.refusals()).isOne();

        first.countDown();
        leader.answer();
        assertThat(impatient.post(order(3))).isEqualTo(outcome(3));
        assertThat(ledger.batches()).containsExactly(List.of(order(1)), List.of(order(3)));
    }

    @Test
    void an_order_whose_group_has_begun_is_waited_for_however_long_it_takes() {
        GroupCommit impatient = groups(Duration.ofMillis(500));
        CountDownLatch first = holdUp(1);
        CountDownLatch second = new CountDownLatch(1);
        Caller<TransferOutcome> leader = begin(impatient, 1);
        await().until(() -> ledger.batches().size() == 1);
        Caller<TransferOutcome> next = begin(impatient, 2);
        await().until(() -> impatient.waiting() == 1);
        Caller<TransferOutcome> follower = begin(impatient, 3);
        await().until(() -> impatient.waiting() == 2);
        ledger.beforePosting(_ -> awaitLatch(second));

        first.countDown();
        await().until(() -> ledger.batches().size() == 2);
        follower.interrupt();
        second.countDown();

        leader.answer();
        assertThat(next.answer()).isEqualTo(outcome(2));
        assertThat(follower.answer()).isEqualTo(outcome(3));
    }

    @Test
    void an_interrupted_caller_leaves_the_queue_and_its_order_is_not_carried_out() {
        CountDownLatch first = holdUp(1);
        Caller<TransferOutcome> leader = beginOrder(1);
        List<Caller<TransferOutcome>> others = queue(2, 3);

        others.getFirst().interrupt();

        assertThat(others.getFirst().failure()).isInstanceOf(ConnectionFailed.class);
        first.countDown();
        leader.answer();
        assertThat(others.getLast().answer()).isEqualTo(outcome(3));
        assertThat(ledger.batches()).containsExactly(List.of(order(1)), List.of(order(3)));
    }

    @Test
    void the_interrupt_of_the_caller_that_leads_is_not_the_failure_of_those_who_follow() {
        CountDownLatch first = holdUp(1);
        Caller<TransferOutcome> leader = beginOrder(1);
        List<Caller<TransferOutcome>> others = queue(2, 4);
        ledger.beforePosting(batch -> {
            if (batch.contains(order(2))) {
                Thread.currentThread().interrupt();
                throw new ConnectionFailed("interrupted", null);
            }
        });

        first.countDown();

        leader.answer();
        assertThat(others.get(0).failure()).isInstanceOf(ConnectionFailed.class);
        assertThat(others.get(1).answer()).isEqualTo(outcome(3));
        assertThat(others.get(2).answer()).isEqualTo(outcome(4));
    }

    @Test
    void the_queue_is_bounded() {
        CountDownLatch first = holdUp(1);
        Caller<TransferOutcome> leader = beginOrder(1);
        List<Caller<TransferOutcome>> others = LongStream.rangeClosed(2, GroupCommit.MAX_QUEUE + 1L)
                .mapToObj(number -> begin(groups, number))
                .toList();
        await().until(() -> groups.waiting() == GroupCommit.MAX_QUEUE);

        assertThat(begin(groups, GroupCommit.MAX_QUEUE + 2L).failure()).isInstanceOf(PoolExhausted.class);

        first.countDown();
        leader.answer();
        others.forEach(Caller::answer);
        assertThat(groups.waiting()).isZero();
    }

    @Test
    void an_order_inside_a_transaction_is_refused() {
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        backend.transactions().inTransaction(TransactionOptions.WRITE, _ -> groups.post(order(1))))
                .withMessageContaining("not inside a transaction");
        assertThat(ledger.batches()).isEmpty();
    }

    /** Has the batch of this one order wait until the latch opens. */
    private CountDownLatch holdUp(long number) {
        var latch = new CountDownLatch(1);
        ledger.beforePosting(batch -> {
            if (batch.equals(List.of(order(number)))) {
                awaitLatch(latch);
            }
        });
        return latch;
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Caller<TransferOutcome> beginOrder(long number) {
        Caller<TransferOutcome> caller = begin(groups, number);
        await().until(() -> ledger.batches().size() == 1);
        return caller;
    }

    private static Caller<TransferOutcome> begin(GroupCommit groups, long number) {
        return Caller.start(() -> groups.post(order(number)));
    }

    /** Has these orders wait, in their order. */
    private List<Caller<TransferOutcome>> queue(long from, long to) {
        var callers = new ArrayList<Caller<TransferOutcome>>();
        for (long number = from; number <= to; number++) {
            callers.add(begin(groups, number));
            await().pollInterval(Duration.ofMillis(1)).until(() -> groups.waiting() == callers.size());
        }
        return callers;
    }
}
