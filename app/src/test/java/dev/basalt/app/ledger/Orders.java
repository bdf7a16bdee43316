package dev.basalt.app.ledger;

import dev.basalt.contract.Caller;
import dev.basalt.domain.ledger.TransferOrder;
import dev.basalt.domain.ledger.TransferOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;

/** Orders that are told apart by a number, and what becomes of them in a {@link FakeLedger}. */
final class Orders {

    private Orders() {}

    static TransferOrder order(long number) {
        return new TransferOrder("key-" + number, 1, 2, number, "order " + number);
    }

    /** Those from one number to another one, both included. */
    static List<TransferOrder> orders(long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(Orders::order).toList();
    }

    static TransferOutcome outcome(long number) {
        return new FakeLedger().post(List.of(order(number))).getFirst();
    }

    /** Has an order posted by a caller of its own. */
    static Caller<TransferOutcome> begin(GroupCommit groups, long number) {
        return Caller.start(() -> groups.post(order(number)));
    }

    /** Has these orders wait, in their order, where none does yet. */
    static List<Caller<TransferOutcome>> queue(GroupCommit groups, long from, long to) {
        var callers = new ArrayList<Caller<TransferOutcome>>();
        for (long number = from; number <= to; number++) {
            callers.add(begin(groups, number));
            Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> groups.waiting() == callers.size());
        }
        return callers;
    }
}
