package dev.basalt.domain.pool;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who has one of a pool's connections.
 *
 * @param role what the connection is used for
 * @param thread the name of the thread that asked for it
 * @param requestId what the diagnostic context of that thread said about the request it works for, or {@code null} if it
 *     said nothing
 * @param since when it got it
 * @param statement what runs on it, in one line and cut after some hundred characters, or {@code null} if nothing runs
 *     now. Literals in its text are shown, the values of its parameters are not
 */
public record Holder(
        Role role,
        String thread,
        @Nullable String requestId,
        Instant since,
        @Nullable String statement) {}
