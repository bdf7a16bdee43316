package dev.basalt.app.ledger;

import static dev.basalt.app.ledger.Orders.begin;
import static dev.basalt.app.ledger.Orders.order;
import static dev.basalt.app.ledger.Orders.orders;
import static dev.basalt.app.ledger.Orders.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.basalt.app.backends.FakeBackend;
import dev.basalt.contract.Caller;
import dev.basalt.domain.ledger.TransferOutcome;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.domain.settings.PoolSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of those who wait for a commit that takes too long. */
@Timeout(60)
class LateCommitTest {

    private static final Duration LATE = Duration.ofMillis(1);

    private final FakeBackend backend =
            FakeBackend.of(new DatabaseSettings("primary", new DatabaseUrl("fake:x"), PoolSettings.DEFAULTS));
    private final FakeLedger ledger = new FakeLedger();
    /** Stands still unless a commit is to be late. */
    private final AtomicLong now = new AtomicLong();

    private final GroupCommit groups =
            new GroupCommit(backend.transactions(), ledger, Duration.ofSeconds(30), LATE, now::get, new HeardBatches());

    private final CountDownLatch first = new CountDownLatch(1);
    private final CountDownLatch second = new CountDownLatch(1);

    @BeforeEach
    void hold_up_the_first_two() {
        backend.comes();
        ledger.beforePosting(batch -> {
            if (batch.contains(order(1))) {
                FakeLedger.await(first);
            } else if (batch.contains(order(2))) {
                FakeLedger.await(second);
            }
        });
    }

    private void nowItIsLate() {
        now.addAndGet(LATE.toNanos());
    }

    private Caller<TransferOutcome> lead(long number) {
        int before = ledger.batches().size();
        Caller<TransferOutcome> caller = begin(groups, number);
        await().until(() -> ledger.batches().size() == before + 1);
        return caller;
    }

    private Caller<TransferOutcome> leadBeside(long number) {
        Caller<TransferOutcome> caller = Orders.queue(groups, number, number).getFirst();
        nowItIsLate();
        await().until(() -> ledger.batches().contains(List.of(order(number))));
        return caller;
    }

    @Test
    void who_waits_for_a_commit_that_is_late_leads_beside_it() {
        Caller<TransferOutcome> late = lead(1);

        second.countDown();
        Caller<TransferOutcome> beside = leadBeside(2);

        assertThat(beside.answer()).isEqualTo(outcome(2));
        assertThat(late.isDone()).isFalse();
        first.countDown();
        assertThat(late.answer()).isEqualTo(outcome(1));
        assertThat(groups.post(order(4))).isEqualTo(outcome(4));
    }

    @Test
    void one_of_those_who_wait_for_it_leads_and_the_others_follow() {
        Caller<TransferOutcome> late = lead(1);
        List<Caller<TransferOutcome>> others = Orders.queue(groups, 3, 6);

        nowItIsLate();

        assertThat(others.getFirst().answer()).isEqualTo(outcome(3));
        assertThat(others.getLast().answer()).isEqualTo(outcome(6));
        assertThat(ledger.batches())
                .hasSize(2)
                .last()
                .satisfies(batch -> assertThat(batch).containsExactlyInAnyOrderElementsOf(orders(3, 6)));
        first.countDown();
        assertThat(late.answer()).isEqualTo(outcome(1));
    }

    @Test
    void a_late_commit_that_returns_begins_no_group_beside_that_of_its_successor() {
        Caller<TransferOutcome> late = lead(1);
        Caller<TransferOutcome> beside = leadBeside(2);

        first.countDown();
        assertThat(late.answer()).isEqualTo(outcome(1));
        List<Caller<TransferOutcome>> others = Orders.queue(groups, 3, 4);

        assertThat(beside.isDone()).isFalse();
        second.countDown();
        assertThat(beside.answer()).isEqualTo(outcome(2));
        assertThat(others).extracting(Caller::answer).containsExactly(outcome(3), outcome(4));
        assertThat(ledger.batches()).containsExactly(orders(1, 1), orders(2, 2), orders(3, 4));
    }
}
