package dev.basalt.chaos;

import dev.basalt.chaos.judge.Findings;
import dev.basalt.chaos.load.Journal;
import dev.basalt.chaos.load.Load;
import dev.basalt.chaos.load.Order;
import dev.basalt.chaos.load.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Orders of which a client does not know for certain what became of them: it asks again, under the same key. */
final class Doubts {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** As many of those that were denied, and of those that were carried out, are asked for again. */
    private static final int SAMPLE = 100;

    private Doubts() {}

    /** How many orders there are of which nobody knows whether they were carried out. */
    static int count(Journal journal) {
        return unsettled(journal, true).size();
    }

    /** Asks again until it is known of each; returns for how many. */
    static int settle(Load load, Findings findings) throws InterruptedException {
        Journal journal = load.journal();
        List<Order> again = new ArrayList<>(unsettled(journal, true));
        again.addAll(some(unsettled(journal, false)));
        again.addAll(some(List.copyOf(journal.done().keySet())));
        for (Order order : again) {
            Reply reply = load.settle(order, PATIENCE);
            if (!(reply instanceof Reply.Done || reply instanceof Reply.Refused)) {
                findings.require(
                        false, "order %s was never answered for certain, but %s".formatted(order.key(), reply.code()));
                break;
            }
        }
        return again.size();
    }

    private static List<Order> unsettled(Journal journal, boolean doubtful) {
        Map<String, Order> settled =
                journal.orders(reply -> reply instanceof Reply.Done || reply instanceof Reply.Refused);
        return journal
                .orders(reply -> doubtful == (reply instanceof Reply.Doubtful || reply instanceof Reply.Unexpected)
                        && !(reply instanceof Reply.Done || reply instanceof Reply.Refused))
                .entrySet()
                .stream()
                .filter(order -> !settled.containsKey(order.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Evenly spread over all of them, the first ones included. */
    private static List<Order> some(List<Order> orders) {
        int step = Math.max(1, orders.size() / SAMPLE);
        var chosen = new ArrayList<Order>();
        for (int i = 0; i < orders.size(); i += step) {
            chosen.add(orders.get(i));
        }
        return chosen;
    }
}
