package dev.basalt.app.resilience;

import dev.basalt.app.lifecycle.Readiness;
import dev.basalt.app.settings.RetrySettings;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.failure.DatabaseFailure.CircuitOpen;
import dev.basalt.domain.failure.DatabaseFailure.OutcomeUnknown;
import dev.basalt.domain.failure.DatabaseFailure.PoolExhausted;
import dev.basalt.domain.failure.DatabaseFailure.ReadOnly;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.Backend;
import dev.failsafe.Execution;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Which of a pool's failed transactions are run again, and when. Thread-safe.
 *
 * <p>Before attempt {@code n + 1} there is a pause of any length from 0 to {@code min(maxDelay, baseDelay * 2^(n - 1))}
 * ("full jitter"), so that callers who failed together do not come back together. Where an outcome is not known, the
 * attempts at finding out are bounded by the deadline alone.
 */
final class Retries {

    /** The shortest pause before one who is in doubt asks once more than others may: nothing else bounds how often. */
    private static final Duration BETWEEN_LOOKUPS = Duration.ofMillis(100);

    /** After as many, a millisecond exceeds the longest delay there may be. */
    private static final int MOST_DOUBLINGS = 20;

    private final Backend backend;
    private final RetryPolicy<Object> policy;
    private final int attempts;
    private final long deadline;
    private final RetryBudget budget;
    private final Patience patience;
    private final ResilienceListener listener;
    private final RetryLog log;

    /** The reserve of the budget lets the work on every connection use all its attempts, should all be lost at once. */
    Retries(Backend backend, RetrySettings settings, Patience patience, ResilienceListener listener) {
        this.backend = backend;
        this.policy = RetryPolicy.builder()
                .withMaxAttempts(-1)
                .withDelayFn(context -> jittered(bound(settings, context.getAttemptCount())))
                .build();
        this.attempts = settings.attempts();
        this.deadline = settings.deadline().toNanos();
        this.budget = new RetryBudget(
                settings.budget(), backend.pool().settings().maxConnections() * (settings.attempts() - 1));
        this.patience = patience;
        this.listener = listener;
        this.log = new RetryLog(pool(), patience::nanoTime);
    }

    String pool() {
        return backend.pool().name();
    }

    private static Duration bound(RetrySettings settings, int attempt) {
        Duration exponential = settings.baseDelay().multipliedBy(1L << Math.min(attempt - 1, MOST_DOUBLINGS));
        return exponential.compareTo(settings.maxDelay()) < 0 ? exponential : settings.maxDelay();
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private Duration jittered(Duration bound) {
        return Duration.ofNanos((long) (bound.toNanos() * patience.random()));
    }

    /** A call begins. */
    Run begin(TransactionOptions options) {
        budget.called();
        return new Run(options);
    }

    /** Time as it passes for who waits. */
    interface Patience {

        long nanoTime();

        /** From 0 to 1. */
        double random();

        /** Waits so long, or until the service is stopping; tells whether it is. */
        boolean stopsWithin(Duration pause) throws InterruptedException;

        /** Real time. */
        static Patience until(Readiness readiness) {
            return new Patience() {
                @Override
                public long nanoTime() {
                    return System.nanoTime();
                }

                @Override
                public double random() {
                    return ThreadLocalRandom.current().nextDouble();
                }

                @Override
                public boolean stopsWithin(Duration pause) throws InterruptedException {
                    return readiness.awaitDraining(pause);
                }
            };
        }
    }

    /** The attempts at one call. For one thread. */
    final class Run {

        private final boolean idempotent;
        private final long begunAt = patience.nanoTime();
        /** Made for the first failure: most calls have none. */
        private @Nullable Execution<Object> execution;

        private @Nullable DatabaseFailure told;

        private Run(TransactionOptions options) {
            this.idempotent = options.idempotent();
        }

        /** Which attempt is the next one, from 1. */
        int attempt() {
            return execution == null ? 1 : execution.getAttemptCount() + 1;
        }

        void succeeded() {
            if (told != null) {
                log.recovered(attempt());
                listener.recovered(pool(), attempt());
            }
        }

        /** What the caller is told when a later attempt is not even begun. */
        RuntimeException ended(RuntimeException obstacle) {
            if (!(told instanceof OutcomeUnknown unknown)) {
                return obstacle;
            }
            unknown.addSuppressed(obstacle);
            return unknown;
        }

        /**
         * Waits until it is time for the next attempt.
         *
         * @throws DatabaseFailure what the caller is told, if there is to be none
         */
        void awaitNext(DatabaseFailure failure) {
            int attempt = attempt();
            boolean passing = mayPass(failure);
            DatabaseFailure known = tell(failure);
            if (!passing) {
                if (attempt > 1) {
                    gaveUp(attempt, GaveUp.LASTING, known);
                }
                throw known;
            }
            Execution<Object> tried = execution == null ? Execution.of(policy) : execution;
            execution = tried;
            tried.recordException(failure);
            Optional<GaveUp> reason = await(attempt, tried.getDelay(), failure);
            if (reason.isPresent()) {
                gaveUp(attempt, reason.get(), known);
                throw known;
            }
        }

        private void gaveUp(int attempts, GaveUp reason, DatabaseFailure known) {
            log.gaveUp(attempts, reason, known);
            listener.gaveUp(pool(), attempts, reason, known);
        }

        private boolean mayPass(DatabaseFailure failure) {
            return switch (failure) {
                case OutcomeUnknown _ -> idempotent && failure.concerns(pool());
                // Whoever was about to try again anyway may still be there when the database is back.
                case CircuitOpen _ -> told != null;
                case PoolExhausted _, ReadOnly _ -> isInDoubt() && failure.concerns(pool());
                // What the work ran into at another pool, that pool has retried. One never reached is not worth waiting
                // for.
                default ->
                    failure.concerns(pool())
                            && failure.retryable()
                            && backend.health().heartbeat().lastGood() != null;
            };
        }

        /** Nothing hides that an outcome is not known. */
        private DatabaseFailure tell(DatabaseFailure failure) {
            DatabaseFailure before = told;
            if (before instanceof OutcomeUnknown) {
                suppress(before, failure);
                return before;
            }
            if (before != null) {
                suppress(failure, before);
            }
            told = failure;
            return failure;
        }

        private static void suppress(DatabaseFailure kept, DatabaseFailure other) {
            if (kept != other) {
                kept.addSuppressed(other);
            }
        }

        private boolean isInDoubt() {
            return told instanceof OutcomeUnknown;
        }

        private Optional<GaveUp> await(int attempt, Duration delay, DatabaseFailure failure) {
            if (attempt >= attempts && !isInDoubt()) {
                return Optional.of(GaveUp.ATTEMPTS);
            }
            Duration pause = attempt >= attempts ? longer(delay, BETWEEN_LOOKUPS) : delay;
            if (Thread.currentThread().isInterrupted()) {
                return Optional.of(GaveUp.INTERRUPTED);
            }
            if (backend.pool().isClosed()) {
                return Optional.of(GaveUp.STOPPING);
            }
            if (patience.nanoTime() - begunAt + pause.toNanos() > deadline) {
                return Optional.of(GaveUp.DEADLINE);
            }
            // Nobody is left in doubt to save a retry.
            if (!isInDoubt() && !budget.takeRetry()) {
                return Optional.of(GaveUp.BUDGET);
            }
            log.retried(attempt, pause, failure);
            listener.retried(pool(), attempt, failure);
            try {
                return patience.stopsWithin(pause) ? Optional.of(GaveUp.STOPPING) : Optional.empty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.of(GaveUp.INTERRUPTED);
            }
        }
    }
}
