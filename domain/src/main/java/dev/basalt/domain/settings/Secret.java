package dev.basalt.domain.settings;

import java.util.function.Supplier;

/**
 * A value that no output may show: {@link #toString()} gives {@code ***}. It may change while the application runs (the
 * file that it comes from was replaced), so it is asked for each time that it is needed and not kept. Thread-safe.
 */
public final class Secret {

    /** What stands for a secret in every output. */
    public static final String MASK = "***";

    private final Supplier<String> source;

    private Secret(Supplier<String> source) {
        this.source = source;
    }

    /** A secret that stays the same. */
    public static Secret of(String value) {
        return new Secret(() -> value);
    }

    /** A secret that is read anew each time; the supplier is thread-safe. */
    public static Secret from(Supplier<String> source) {
        return new Secret(source);
    }

    /** The value as it is now; for whoever needs it to prove who they are, and never for output. */
    public String reveal() {
        return source.get();
    }

    @Override
    public String toString() {
        return MASK;
    }
}
