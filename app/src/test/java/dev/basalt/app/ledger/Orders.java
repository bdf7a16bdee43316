package dev.basalt.app.ledger;

import dev.basalt.domain.ledger.TransferOrder;
import dev.basalt.domain.ledger.TransferOutcome;
import java.util.List;
import java.util.stream.LongStream;

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
}
