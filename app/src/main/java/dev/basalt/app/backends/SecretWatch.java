package dev.basalt.app.backends;

import dev.basalt.app.settings.PoolConfiguration;
import dev.basalt.app.settings.Settings;
import dev.basalt.domain.settings.Secret;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a pool's connections replaced when one of its secrets has changed, such as the password in a file. What a file holds
 * is compared and not its date: links that are swapped behind it are noticed, too. Only digests are kept.
 */
@Singleton
final class SecretWatch {

    private static final Logger LOG = LoggerFactory.getLogger(SecretWatch.class);

    private final Settings settings;
    private final Backends backends;
    private final Map<String, Map<String, String>> known = new HashMap<>();

    SecretWatch(Settings settings, Backends backends) {
        this.settings = settings;
        this.backends = backends;
        settings.pools().forEach(pool -> known.put(pool.name(), digests(pool)));
    }

    /** Looks once. A change is answered once. */
    @Scheduled(fixedDelay = "1s")
    synchronized void look() {
        for (PoolConfiguration pool : settings.pools()) {
            Map<String, String> now = digests(pool);
            if (!now.equals(known.put(pool.name(), now))) {
                LOG.info("pool '{}': a secret has changed, every connection is replaced", pool.name());
                backends.get(pool.name()).pool().replaceConnections();
            }
        }
    }

    private static Map<String, String> digests(PoolConfiguration pool) {
        return pool.database().secrets().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> digest(entry.getValue())));
    }

    private static String digest(Secret secret) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(secret.reveal().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
