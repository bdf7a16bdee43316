package dev.basalt.app.access.credentials;

import dev.basalt.app.access.users.User;
import dev.basalt.app.access.users.UsersFile;
import dev.basalt.domain.failure.DatabaseFailure.ConfigurationInvalid;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The users of a file that may be replaced while the application runs: it is read anew when somebody calls, at most once
 * a second. A replacement with a fault is logged, and the users stay as they were. Thread-safe.
 */
final class LiveUsers {

    private static final Logger LOG = LoggerFactory.getLogger(LiveUsers.class);

    private static final long INTERVAL = Duration.ofSeconds(1).toNanos();

    private final Path file;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile UsersFile current;
    /** What the last attempt found wrong, so that it is logged once. */
    private List<String> faults = List.of();

    private volatile long readAt = System.nanoTime();

    /**
     * Reads the users.
     *
     * @throws ConfigurationInvalid if the file is no longer as sound as it was when the settings were checked
     */
    LiveUsers(Path file) {
        this.file = file;
        this.current = UsersFile.read(file);
        if (!current.faults().isEmpty()) {
            throw new ConfigurationInvalid("'" + file + "': " + String.join("; ", current.faults()), null);
        }
    }

    Optional<User> find(String name) {
        return now().find(name);
    }

    /** One of them, the same for the same number. */
    Optional<User> any(int number) {
        List<User> users = List.copyOf(now().users().values());
        return users.isEmpty() ? Optional.empty() : Optional.of(users.get(Math.floorMod(number, users.size())));
    }

    private UsersFile now() {
        // Whoever comes while another one reads takes what is there.
        if (System.nanoTime() - readAt >= INTERVAL && reading.tryLock()) {
            try {
                replace(UsersFile.read(file));
                readAt = System.nanoTime();
            } finally {
                reading.unlock();
            }
        }
        return current;
    }

    private void replace(UsersFile found) {
        if (!found.faults().isEmpty()) {
            if (!found.faults().equals(faults)) {
                LOG.warn("{}: the users stay as they were: {}", file, String.join("; ", found.faults()));
            }
        } else if (!found.users().equals(current.users())) {
            LOG.info("{}: read anew, {} users", file, found.users().size());
            current = found;
        }
        faults = found.faults();
    }
}
