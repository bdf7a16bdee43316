package dev.basalt.app.settings.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One setting as it holds. Secrets are {@code ***}, URLs bear no credentials.
 *
 * @param name its property
 * @param variable its name in the environment
 * @param value what holds, or {@code null} for nothing
 * @param source where that came from
 * @param used whether it has an effect: not if it is for another backend than the pool's
 * @param overridden what gave way to it, the nearest first
 */
public record ReportedSetting(
        String name,
        String variable,
        @Nullable String value,
        String source,
        boolean used,
        List<Overridden> overridden) {

    public ReportedSetting {
        overridden = List.copyOf(overridden);
    }

    /** A value that did not come to hold, and where it was given. */
    public record Overridden(String value, String source) {}
}
