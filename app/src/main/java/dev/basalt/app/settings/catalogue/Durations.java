package dev.basalt.app.settings.catalogue;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 500ms}, {@code 5s}, {@code 2m}, {@code 1h}, {@code 1d}, {@code PT5S}. */
final class Durations {

    static final String ALLOWED = "a duration such as 500ms, 5s, 2m, 1h or PT5S";

    /** Far beyond any use, and still far from what overflows in milliseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)?");
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    private Durations() {}

    /**
     * Reads a duration.
     *
     * @param bare the unit of a number without one
     * @return the duration, or empty if the text is none, is below 0 or longer than a hundred years
     */
    static Optional<Duration> parse(String text, ChronoUnit bare) {
        return parsed(text, bare)
                .filter(duration -> !duration.isNegative())
                .filter(duration -> duration.compareTo(LONGEST) <= 0);
    }

    private static Optional<Duration> parsed(String text, ChronoUnit bare) {
        Matcher amount = AMOUNT.matcher(text);
        if (amount.matches()) {
            ChronoUnit unit = amount.group(2) == null ? bare : UNITS.getOrDefault(amount.group(2), bare);
            return Optional.of(Duration.of(Long.parseLong(amount.group(1)), unit));
        }
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
