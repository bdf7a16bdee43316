package dev.basalt.app.settings;

import dev.basalt.domain.page.PageRequest;
import dev.basalt.domain.settings.InvalidSetting;
import java.time.Duration;

/**
 * The HTTP server.
 *
 * @param host the address that it listens on; default 127.0.0.1
 * @param port its port, 0 to 65535 (0 or -1: any free one); default 8080
 * @param drainTimeout how long a stop waits for requests and transactions that are under way, above 0 and up to 10 min; default
 *     30 s
 * @param pageSize items to a page where a caller does not say, 1 to 1000; default 50
 */
public record ServerSettings(String host, int port, Duration drainTimeout, int pageSize) {

    private static final Duration LONGEST_DRAIN = Duration.ofMinutes(10);

    public static final ServerSettings DEFAULTS = new ServerSettings("127.0.0.1", 8080, Duration.ofSeconds(30), 50);

    public ServerSettings {
        if (host.isBlank()) {
            throw new InvalidSetting("host", "empty", "a name or address");
        }
        // -1 is Micronaut's own way to ask for any free port.
        require(port >= -1 && port <= 65_535, "port", port, "0 to 65535");
        require(
                drainTimeout.isPositive() && drainTimeout.compareTo(LONGEST_DRAIN) <= 0,
                "drain_timeout",
                drainTimeout,
                "more than 0, up to 10 min,");
        require(
                pageSize >= 1 && pageSize <= PageRequest.MAX_PAGE_SIZE,
                "page_size",
                pageSize,
                "1 to " + PageRequest.MAX_PAGE_SIZE);
    }

    private static void require(boolean holds, String setting, Object value, String allowed) {
        if (!holds) {
            throw new InvalidSetting(setting, value, allowed);
        }
    }
}
