package dev.basalt.chaos.load;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Every order that was sent, with every answer. Thread-safe. */
public final class Journal {

    private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();

    void add(Attempt attempt) {
        attempts.add(attempt);
    }

    /** The orders with an answer of this kind, by their keys. */
    public Map<String, Order> orders(Predicate<Reply> kind) {
        var found = new LinkedHashMap<String, Order>();
        for (Attempt attempt : attempts) {
            if (kind.test(attempt.reply())) {
                found.put(attempt.order().key(), attempt.order());
            }
        }
        return found;
    }

    /** The orders that were carried out, with the numbers that were answered for each. */
    public Map<Order, Collection<Long>> done() {
        var found = new LinkedHashMap<Order, Collection<Long>>();
        for (Attempt attempt : attempts) {
            if (attempt.reply() instanceof Reply.Done(long id)) {
                found.computeIfAbsent(attempt.order(), _ -> new TreeSet<>()).add(id);
            }
        }
        return found;
    }

    /** When orders were answered to have been carried out, in the order of time. */
    public long[] successes() {
        return sorted(attempts.stream().filter(attempt -> attempt.reply() instanceof Reply.Done));
    }

    /** How often each answer came. */
    public Map<String, Integer> codes() {
        var counts = new TreeMap<String, Integer>();
        attempts.forEach(attempt -> counts.merge(attempt.reply().code(), 1, Integer::sum));
        return counts;
    }

    private static long[] sorted(Stream<Attempt> some) {
        LongStream ends = some.mapToLong(Attempt::end);
        return ends.sorted().toArray();
    }
}
