package dev.basalt.adapters.jdbc.health;

import dev.basalt.adapters.jdbc.pool.Leases;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.health.Heartbeat;

/** Has the pool let callers through or refuse them, as the verdict says. Not thread-safe. */
final class Doorkeeper {

    private final Leases leases;
    private Admitted admitted = Admitted.NOBODY;

    /** Makes one that has said nothing to the pool yet. */
    Doorkeeper(Leases leases) {
        this.leases = leases;
    }

    /**
     * Follows a verdict.
     *
     * @param detour whether the heartbeat was answered by a server that is only read
     */
    void follow(Heartbeat verdict, boolean detour) {
        DatabaseFailure failure = verdict.failure();
        if (failure != null && !verdict.usable()) {
            leases.refuse(failure, verdict.since());
            admitted = Admitted.NOBODY;
        } else if (detour && failure instanceof DatabaseFailure.ReadOnly) {
            if (admitted != Admitted.READERS) {
                leases.admitReaders(failure, verdict.since());
                admitted = Admitted.READERS;
            }
        } else if (admitted != Admitted.ALL) {
            leases.admit();
            admitted = Admitted.ALL;
        }
    }

    /** What frees the callers that hang on connections although nobody like them is let through any more. */
    Runnable freeHanging() {
        return switch (admitted) {
            case ALL -> () -> {};
            case READERS -> leases::abandonWriters;
            case NOBODY -> leases::abandon;
        };
    }

    private enum Admitted {
        NOBODY,
        READERS,
        ALL
    }
}
