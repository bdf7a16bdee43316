package dev.basalt.app.http.pools;

import dev.basalt.domain.pool.Holder;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who has a connection.
 *
 * @param role what the connection is used for: shared, reader, writer
 * @param thread the thread that asked for it
 * @param requestId the request that it works for, or null if it works for none
 * @param since when it got it
 * @param statement what runs on it, in one line and cut where it is long, without the values of its parameters but with the
 *     literals in its text, or null if nothing runs now
 */
@Schema(name = "Holder")
record HolderJson(
        String role,
        String thread,
        @Nullable String requestId,
        Instant since,
        @Nullable String statement) {

    static HolderJson of(Holder holder) {
        return new HolderJson(
                holder.role().name().toLowerCase(Locale.ROOT),
                holder.thread(),
                holder.requestId(),
                holder.since(),
                holder.statement());
    }
}
