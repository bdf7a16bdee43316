package dev.basalt.app.backends;

import dev.basalt.domain.settings.DatabaseSettings;
import io.micronaut.core.value.PropertyResolver;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The properties of one pool. What cannot be read is noted as a fault, and its default stands in for it, so that one
 * pass finds all faults.
 *
 * <p>The primary pool's are {@code database.<key>}, or {@code DB_<KEY>} in the process's environment; a further pool's
 * are {@code database.pools.<name>.<key>}.
 */
final class PoolProperties {

    private final PropertyResolver properties;
    private final String pool;
    private final List<String> faults;
    private final int faultsBefore;

    PoolProperties(PropertyResolver properties, String pool, List<String> faults) {
        this.properties = properties;
        this.pool = pool;
        this.faults = faults;
        this.faultsBefore = faults.size();
    }

    /** Tells whether this pool had no fault so far. */
    boolean faultless() {
        return faults.size() == faultsBefore;
    }

    Optional<String> text(String key) {
        return find(key).map(Property::value);
    }

    int number(String key, int fallback) {
        return read(
                key,
                fallback,
                "a whole number",
                value -> value.matches("-?[0-9]{1,9}") ? Optional.of(Integer.parseInt(value)) : Optional.empty());
    }

    Duration duration(String key, Duration fallback, ChronoUnit bare) {
        return read(key, fallback, Durations.ALLOWED, value -> Durations.parse(value, bare));
    }

    boolean flag(String key, boolean fallback) {
        return read(key, fallback, "true or false", value -> switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    /** Notes a fault if the settings that the supplier makes reject this key's value. */
    void check(String key, Supplier<?> settings) {
        try {
            Objects.requireNonNull(settings.get());
        } catch (IllegalArgumentException e) {
            fault(key, Objects.requireNonNull(e.getMessage()));
        }
    }

    void fault(String key, String message) {
        faults.add(find(key).map(Property::name).orElse(name(key)) + ": " + message);
    }

    /** What the setting is called where it is not set. */
    String name(String key) {
        return pool.equals(DatabaseSettings.PRIMARY) ? "database." + key : "database.pools." + pool + "." + key;
    }

    private <T> T read(String key, T fallback, String allowed, Function<String, Optional<T>> parse) {
        Optional<Property> property = find(key);
        if (property.isEmpty()) {
            return fallback;
        }
        Optional<T> value = parse.apply(property.get().value());
        if (value.isEmpty()) {
            faults.add("%s is '%s': %s is allowed"
                    .formatted(property.get().name(), property.get().value(), allowed));
        }
        return value.orElse(fallback);
    }

    private Optional<Property> find(String key) {
        Optional<Property> property = property(name(key), name(key));
        // The primary's URL is DATABASE_URL, which is database.url already.
        if (!pool.equals(DatabaseSettings.PRIMARY) || key.equals("url")) {
            return property;
        }
        String variable = "DB_" + key.replace('-', '_').toUpperCase(Locale.ROOT);
        return property.or(() -> property("db." + key, variable));
    }

    private Optional<Property> property(String property, String shownAs) {
        return properties.getProperty(property, String.class).map(value -> new Property(shownAs, value));
    }

    private record Property(String name, String value) {}
}
