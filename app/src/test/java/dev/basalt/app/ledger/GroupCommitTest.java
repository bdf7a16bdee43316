package dev.basalt.app.ledger;

import static dev.basalt.app.ledger.Orders.begin;
import static dev.basalt.app.ledger.Orders.order;
import static dev.basalt.app.ledger.Orders.orders;
import static dev.basalt.app.ledger.Orders.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.basalt.app.backends.FakeBackend;
import dev.basalt.contract.Caller;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.failure.DatabaseFailure.PoolExhausted;
import dev.basalt.domain.ledger.TransferOutcome;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.domain.transaction.TransactionOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
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
        return new GroupCommit(backend.transactions(), ledger, patience, NEVER, System::nanoTime, batches);
    }

    @Test
    void an_order_that_comes_alone_is_committed_alone() {
        assertThat(groups.post(order(7))).isEqualTo(outcome(7));

        assertThat(ledger.batches()).containsExactly(List.of(order(7)));
        assertThat(batches.sizes()).containsExactly(1);
        assertThat(backend.attempts()).containsExactly(TransactionOptions.WRITE.asIdempotent());
    }

    @Test
    void orders_that_come_during_a_commit_share_the_next_one_and_each_gets_its_own_outcome() {
        CountDownLatch first = ledger.holdsUp(order(1));
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
        CountDownLatch first = ledger.holdsUp(order(1));
        Caller<TransferOutcome> leader = beginOrder(1);
        List<Caller<TransferOutcome>> others = queue(2, GroupCommit.MAX_GROUP + 11);

        first.countDown();

        leader.answer();
        others.forEach(Caller::answer);
        assertThat(batches.sizes()).containsExactly(1, GroupCommit.MAX_GROUP, 10);
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
        CountDownLatch first = ledger.holdsUp(order(1));
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
        var over = new AtomicBoolean();
        var seenOver = new AtomicBoolean();
        LongSupplier clock = () -> {
            if (!over.get()) {
                return 0;
            }
            seenOver.set(true);
            return Duration.ofMinutes(1).toNanos();
        };
        var impatient = new GroupCommit(backend.transactions(), ledger, Duration.ofMillis(10), NEVER, clock, batches);
        CountDownLatch first = ledger.holdsUp(order(1));
        CountDownLatch second = new CountDownLatch(1);
        Caller<TransferOutcome> leader = begin(impatient, 1);
        await().until(() -> ledger.batches().size() == 1);
        Caller<TransferOutcome> next = begin(impatient, 2);
        await().until(() -> impatient.waiting() == 1);
        Caller<TransferOutcome> follower = begin(impatient, 3);
        await().until(() -> impatient.waiting() == 2);
        ledger.beforePosting(_ -> FakeLedger.await(second));
        first.countDown();
        await().until(() -> ledger.batches().size() == 2);

        over.set(true);
        await("the follower sees that its patience is over").untilTrue(seenOver);
        second.countDown();

        leader.answer();
        assertThat(next.answer()).isEqualTo(outcome(2));
        assertThat(follower.answer()).isEqualTo(outcome(3));
    }

    @Test
    void an_interrupt_does_not_keep_a_caller_from_the_outcome_of_a_group_that_has_begun() {
        CountDownLatch first = ledger.holdsUp(order(1));
        CountDownLatch second = new CountDownLatch(1);
        Caller<TransferOutcome> leader = beginOrder(1);
        List<Caller<TransferOutcome>> others = queue(2, 3);
        ledger.beforePosting(_ -> FakeLedger.await(second));

        first.countDown();
        await().until(() -> ledger.batches().size() == 2);
        others.getLast().interrupt();
        second.countDown();

        leader.answer();
        assertThat(others.getFirst().answer()).isEqualTo(outcome(2));
        assertThat(others.getLast().answer()).isEqualTo(outcome(3));
    }

    @Test
    void an_interrupted_caller_leaves_the_queue_and_its_order_is_not_carried_out() {
        CountDownLatch first = ledger.holdsUp(order(1));
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
        CountDownLatch first = ledger.holdsUp(order(1));
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
        CountDownLatch first = ledger.holdsUp(order(1));
        Caller<TransferOutcome> leader = beginOrder(1);
        List<Caller<TransferOutcome>> others = LongStream.rangeClosed(2, GroupCommit.MAX_QUEUE + 1L)
                .mapToObj(number -> begin(groups, number))
                .toList();
        await().until(() -> groups.waiting() == GroupCommit.MAX_QUEUE);

        assertThat(begin(groups, GroupCommit.MAX_QUEUE + 2L).failure()).isInstanceOf(PoolExhausted.class);
        assertThat(batches.refusals()).isOne();

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

    private Caller<TransferOutcome> beginOrder(long number) {
        Caller<TransferOutcome> caller = begin(groups, number);
        await().until(() -> ledger.batches().size() == 1);
        return caller;
    }

    private List<Caller<TransferOutcome>> queue(long from, long to) {
        return Orders.queue(groups, from, to);
    }
}
