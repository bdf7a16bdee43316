package dev.basalt.app.settings.catalogue;

import dev.basalt.domain.settings.BackendOption;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The form of a setting's values. */
public enum Kind {
    /** Any text. */
    TEXT,
    /** Any text that no output may show. */
    SECRET,
    /** A database's URL, of which no output may show the credentials. */
    URL,
    /** Texts that are separated by commas. */
    LIST,
    /** A whole number. */
    NUMBER,
    /** A length of time; a bare number counts seconds. */
    SECONDS,
    /** A length of time; a bare number counts milliseconds. */
    MILLISECONDS,
    /** {@code true} or {@code false}. */
    FLAG,
    /** One of several words, in any case. */
    CHOICE;

    static Kind of(BackendOption option) {
        return switch (option.kind()) {
            case TEXT -> TEXT;
            case SECRET -> SECRET;
            case NUMBER -> NUMBER;
            case DURATION -> SECONDS;
            case FLAG -> FLAG;
            case CHOICE -> CHOICE;
        };
    }

    /** The value in the one form in which {@link BackendOption.Kind} has it; empty if it is not of this kind. */
    Optional<String> canonical(String value, List<String> choices) {
        return switch (this) {
            case TEXT, SECRET, URL, LIST -> Optional.of(value);
            case NUMBER ->
                value.matches("-?[0-9]{1,9}")
                        ? Optional.of(Integer.toString(Integer.parseInt(value)))
                        : Optional.empty();
            case SECONDS -> Durations.parse(value, ChronoUnit.SECONDS).map(Duration::toString);
            case MILLISECONDS -> Durations.parse(value, ChronoUnit.MILLIS).map(Duration::toString);
            case FLAG -> oneOf(List.of("true", "false"), value);
            case CHOICE -> oneOf(choices, value);
        };
    }

    String allowed(List<String> choices) {
        return switch (this) {
            case TEXT, SECRET, URL, LIST -> "any text";
            case NUMBER -> "a whole number";
            case SECONDS, MILLISECONDS -> Durations.ALLOWED;
            case FLAG -> "true or false";
            case CHOICE -> String.join(", ", choices.subList(0, choices.size() - 1)) + " or " + choices.getLast();
        };
    }

    private static Optional<String> oneOf(List<String> words, String value) {
        return Optional.of(value.toLowerCase(Locale.ROOT)).filter(words::contains);
    }
}
