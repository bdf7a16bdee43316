package dev.basalt.app.access;

import dev.basalt.app.http.Quoted;
import dev.basalt.app.http.RequestId;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs denied calls and failed logins, without anything secret: at most {@value #MOST} in ten seconds, so that nobody
 * fills the disk by guessing; how many were left out is told with the next. Thread-safe.
 */
@Singleton
public final class DenialLog {

    private static final Logger LOG = LoggerFactory.getLogger(DenialLog.class);

    private static final int MOST = 20;
    private static final long PERIOD = Duration.ofSeconds(10).toNanos();

    private long periodStart = System.nanoTime();
    private int logged;
    private long leftOut;

    /** The reason completes "… was denied: ". */
    public void denied(HttpRequest<?> request, String reason) {
        long before = admit(System.nanoTime());
        if (before < 0) {
            return;
        }
        if (before > 0) {
            LOG.warn("{} more calls were denied and not logged", before);
        }
        LOG.warn(
                "request {}: {} from {} was denied: {}",
                RequestId.of(request),
                Quoted.of(request.getMethodName() + " " + request.getPath()),
                request.getRemoteAddress().getAddress(),
                reason);
    }

    /** How many were left out before this one, or less than 0 if this one is left out, too. */
    private synchronized long admit(long now) {
        if (now - periodStart >= PERIOD) {
            periodStart = now;
            logged = 0;
        }
        if (logged >= MOST) {
            leftOut++;
            return -1;
        }
        logged++;
        long before = leftOut;
        leftOut = 0;
        return before;
    }
}
