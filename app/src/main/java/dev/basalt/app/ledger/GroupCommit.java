package dev.basalt.app.ledger;

import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.failure.DatabaseFailure.PoolExhausted;
import dev.basalt.domain.ledger.TransferOrder;
import dev.basalt.domain.ledger.TransferOutcome;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.TransactionRunner;
import dev.basalt.ports.ledger.Ledger;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Commits orders that come at the same time in one transaction: a commit costs the same however many orders it holds.
 *
 * <p>Whoever comes while nothing is under way leads: his own order is committed at once, so an order that comes alone waits
 * for nobody. Who comes meanwhile follows; when the commit returns, the first of them leads those that wait then, {@value
 * #MAX_GROUP} at most. When a commit is late, one who waits leads beside it. A group that
 * fails because of one of its orders is split into halves, again and again, so that an order which is in trouble does
 * not keep the others. Thread-safe.
 */
final class GroupCommit {

    static final int MAX_GROUP = 256;
    static final int MAX_QUEUE = 10_000;

    /** The group's own time-outs end the wait. */
    private static final Duration UNTIL_TOLD = Duration.ofDays(1);

    private final TransactionRunner transactions;
    private final Ledger ledger;
    private final Duration patience;
    private final Duration late;
    private final LongSupplier clock;
    private final BatchListener listener;

    // What follows is guarded by this object's lock.
    private final Deque<Place> queue = new ArrayDeque<>();
    /** Whose commit the queue waits for; if nobody's, it is empty. */
    private @Nullable Place leader;

    private long ledSince;

    /**
     * Makes one for a ledger.
     *
     * @param patience the longest that an order waits for its group to be begun
     * @param late how long those who wait put up with a commit before another one is begun beside it
     * @param clock tells, in nanoseconds, for how long a commit has been under way, and an order has waited
     * @param listener who is told of what became of the orders
     */
    GroupCommit(
            TransactionRunner transactions,
            Ledger ledger,
            Duration patience,
            Duration late,
            LongSupplier clock,
            BatchListener listener) {
        this.transactions = transactions;
        this.ledger = ledger;
        this.patience = patience;
        this.late = late;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * Carries out an order, and returns when that is committed.
     *
     * @throws DatabaseFailure what ended the order's transaction; {@link PoolExhausted} if too many wait, or for too long
     * @throws IllegalStateException inside a transaction, with which the order would not be rolled back
     */
    TransferOutcome post(TransferOrder order) {
        if (transactions.isRunning()) {
            throw new IllegalStateException("orders are committed in groups of their own: not inside a transaction");
        }
        var place = new Place(order);
        return switch (join(place) ? new Turn.Lead(List.of(place)) : await(place)) {
            case Turn.Lead lead -> lead(lead.group());
            case Turn.Done done -> done.outcome();
        };
    }

    /** Orders that wait for their group to be begun. */
    synchronized int waiting() {
        return queue.size();
    }

    /** Takes the lead, or a place in the queue if somebody has it; tells whether it was the lead. */
    private synchronized boolean join(Place place) {
        if (leader == null) {
            leadBy(place);
            return true;
        }
        if (queue.size() >= MAX_QUEUE) {
            listener.refused();
            throw new PoolExhausted("ledger: " + MAX_QUEUE + " orders wait already", Duration.ZERO);
        }
        queue.add(place);
        return false;
    }

    private void leadBy(Place next) {
        leader = next;
        ledSince = clock.getAsLong();
    }

    private synchronized boolean leave(Place place) {
        return queue.remove(place);
    }

    /** Takes the lead from one who is late, if the place still is in the queue; the group to lead, or none. */
    private synchronized Optional<Turn> leadBeside(Place place) {
        if (clock.getAsLong() - ledSince < late.toNanos() || !queue.remove(place)) {
            return Optional.empty();
        }
        leadBy(place);
        return Optional.of(new Turn.Lead(group(place)));
    }

    /** Waits for a turn. Whose order has been taken into a group waits for what becomes of that, whatever happens. */
    private Turn await(Place place) {
        long end = clock.getAsLong() + patience.toNanos();
        boolean interrupted = false;
        boolean taken = false;
        try {
            while (true) {
                long left = taken ? UNTIL_TOLD.toNanos() : Math.min(late.toNanos(), end - clock.getAsLong());
                try {
                    return place.turn.get(left, TimeUnit.NANOSECONDS);
                } catch (TimeoutException e) {
                    Optional<Turn> beside = leadBeside(place);
                    if (beside.isPresent()) {
                        return beside.get();
                    }
                    boolean over = end - clock.getAsLong() <= 0;
                    if (over && leave(place)) {
                        listener.refused();
                        throw new PoolExhausted(
                                "ledger: the order has waited for " + patience.toMillis() + " ms", patience);
                    }
                    taken = over;
                } catch (InterruptedException e) {
                    interrupted = true;
                    taken = true;
                    if (leave(place)) {
                        throw new ConnectionFailed("ledger: interrupted while waiting", e);
                    }
                } catch (ExecutionException e) {
                    throw Place.failure(e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Commits a group, of which the first place is this caller's. */
    private TransferOutcome lead(List<Place> group) {
        Place first = group.getFirst();
        List<Place> followers = group.subList(1, group.size());
        List<TransferOutcome> outcomes;
        try {
            outcomes = commit(group.stream().map(Place::order).toList());
        } catch (Split split) {
            handOver(first);
            int half = group.size() / 2;
            leadOn(group.subList(half, group.size()));
            return lead(group.subList(0, half));
        } catch (Throwable failure) {
            handOver(first);
            if (failure instanceof ConnectionFailed && Thread.currentThread().isInterrupted()) {
                // That this caller is not to go on says nothing of the others.
                leadOn(followers);
            } else {
                followers.forEach(place -> place.turn.completeExceptionally(failure));
            }
            throw failure;
        }
        handOver(first);
        for (int i = 0; i < followers.size(); i++) {
            followers.get(i).turn.complete(new Turn.Done(outcomes.get(i + 1)));
        }
        return outcomes.getFirst();
    }

    /** Has the first of these callers commit their orders. */
    private static void leadOn(List<Place> group) {
        if (!group.isEmpty()) {
            group.getFirst().turn.complete(new Turn.Lead(group));
        }
    }

    /** This place and those that wait, as many as there may be. */
    private List<Place> group(Place first) {
        var group = new ArrayList<Place>();
        group.add(first);
        while (group.size() < MAX_GROUP && !queue.isEmpty()) {
            group.add(queue.remove());
        }
        return group;
    }

    /** The next group is begun before the callers of this one are answered, unless somebody leads beside already. */
    private synchronized void handOver(Place from) {
        if (!from.equals(leader)) {
            return;
        }
        Place next = queue.poll();
        if (next == null) {
            leader = null;
        } else {
            leadBy(next);
            leadOn(group(next));
        }
    }

    /** Whatever became of an earlier attempt: the orders' keys tell what was done already. */
    private List<TransferOutcome> commit(List<TransferOrder> orders) {
        long start = System.nanoTime();
        var last = new AtomicReference<RuntimeException>();
        List<TransferOutcome> outcomes;
        try {
            outcomes = transactions.inTransaction(
                    TransactionOptions.WRITE.asIdempotent(), transaction -> post(orders, transaction.attempt(), last));
        } catch (DatabaseFailure failure) {
            // Were it not known what became of an attempt, another failure would have been thrown.
            throw failure.equals(last.get()) && mayConcernOne(orders, failure) ? new Split(failure) : failure;
        }
        listener.committed(orders.size(), Duration.ofNanos(System.nanoTime() - start));
        return outcomes;
    }

    private List<TransferOutcome> post(
            List<TransferOrder> orders, int attempt, AtomicReference<RuntimeException> last) {
        try {
            List<TransferOutcome> outcomes = ledger.post(orders);
            if (outcomes.size() != orders.size()) {
                throw new IllegalStateException(
                        "the ledger had %d outcomes for %d orders".formatted(outcomes.size(), orders.size()));
            }
            return outcomes;
        } catch (RuntimeException failure) {
            last.set(failure);
            // A later attempt may have to find out what an earlier one has done: that is for the whole group.
            throw attempt == 1 && mayConcernOne(orders, failure) ? new Split(failure) : failure;
        }
    }

    /** Tells whether one order of several can be the reason, so that the others may fare better without it. */
    private static boolean mayConcernOne(List<TransferOrder> orders, RuntimeException failure) {
        return orders.size() > 1
                && switch (failure) {
                    case DatabaseFailure.ConnectionFailed _,
                            DatabaseFailure.AuthenticationFailed _,
                            DatabaseFailure.PoolExhausted _,
                            DatabaseFailure.PermissionDenied _,
                            DatabaseFailure.ObjectNotFound _,
                            DatabaseFailure.ReadOnly _,
                            DatabaseFailure.CircuitOpen _,
                            DatabaseFailure.OutcomeUnknown _,
                            DatabaseFailure.ConfigurationInvalid _ -> false;
                    default -> true;
                };
    }

    /** What a caller is to do next. */
    private sealed interface Turn {

        /** Commit a group, of which the first place is the caller's own. */
        record Lead(List<Place> group) implements Turn {}

        /** Nothing: this is what became of the order. */
        record Done(TransferOutcome outcome) implements Turn {}
    }

    /** That a group is to be split: its transaction is rolled back, and not tried again as a whole. */
    private static final class Split extends RuntimeException {
        Split(RuntimeException cause) {
            super("the group is split", cause, false, false);
        }
    }

    /** A caller with an order. */
    private record Place(TransferOrder order, CompletableFuture<Turn> turn) {
        Place(TransferOrder order) {
            this(order, new CompletableFuture<>());
        }

        /** What the leader's transaction threw: nothing checked. */
        static RuntimeException failure(ExecutionException thrown) {
            if (thrown.getCause() instanceof RuntimeException failure) {
                return failure;
            }
            throw new IllegalStateException("the group has failed", thrown.getCause());
        }
    }
}
