package dev.basalt.app.resilience;

import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.failure.DatabaseFailure.OutcomeUnknown;
import dev.basalt.domain.failure.DatabaseFailure.SerializationConflict;

/** Failures that may pass. */
final class Failed {

    private Failed() {}

    static ConnectionFailed lost() {
        return new ConnectionFailed("lost", null);
    }

    static OutcomeUnknown unknown() {
        return new OutcomeUnknown("lost while committing", null);
    }

    static SerializationConflict conflict() {
        return new SerializationConflict("in the way", null);
    }
}
