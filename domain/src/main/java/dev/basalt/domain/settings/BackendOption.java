package dev.basalt.domain.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A setting that only one backend knows, declared by its provider. The application reads it, checks its form and hands it
 * over in {@link DatabaseSettings}, without knowing what it is for.
 *
 * @param key its name: lower case, words joined by hyphens, such as {@code ssl-mode}
 * @param kind the form of its values
 * @param choices all values that are allowed, for {@link Kind#CHOICE}; empty otherwise
 * @param fallback what holds where it is not set, in the form in which a user writes it, or {@code null} for nothing
 * @param description what it does, in one line
 */
public record BackendOption(
        String key,
        Kind kind,
        List<String> choices,
        @Nullable String fallback,
        String description) {

    /** The form of a value, and how it is written in {@link DatabaseSettings#options()}. */
    public enum Kind {
        /** Any text, as it is. */
        TEXT,
        /** Any text that no output may show; in {@link DatabaseSettings#secrets()}. */
        SECRET,
        /** A whole number, in decimal digits. */
        NUMBER,
        /** A length of time, in ISO 8601 as {@link java.time.Duration#toString()} gives it. */
        DURATION,
        /** {@code true} or {@code false}. */
        FLAG,
        /** One of the choices, in lower case. */
        CHOICE
    }

    public BackendOption {
        choices = List.copyOf(choices);
        if (!key.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException("option '" + key + "': lower case, words joined by hyphens");
        }
        if (choices.isEmpty() == (kind == Kind.CHOICE)) {
            throw new IllegalArgumentException("option '" + key + "' is a " + kind + " with choices " + choices);
        }
    }

    /** A setting of any other kind than a choice. */
    public BackendOption(String key, Kind kind, @Nullable String fallback, String description) {
        this(key, kind, List.of(), fallback, description);
    }
}
