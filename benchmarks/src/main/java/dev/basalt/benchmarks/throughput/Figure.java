package dev.basalt.benchmarks.throughput;

import java.util.Locale;

/**
 * What one run achieved.
 *
 * @param what who did it, and how
 * @param perSecond transfers a second that were acknowledged
 * @param p99Ms the 99th percentile of a transfer's time, in milliseconds; NaN where it is not known
 * @param failed transfers that failed
 */
record Figure(String what, double perSecond, double p99Ms, long failed) {

    /** As a row of the report, beside the run that it is compared with. */
    String[] row(Figure baseline) {
        return new String[] {
            what,
            "%,.0f".formatted(perSecond),
            "%.2f".formatted(perSecond / baseline.perSecond),
            Double.isNaN(p99Ms) ? "" : String.format(Locale.ROOT, "%.1f", p99Ms),
            Long.toString(failed)
        };
    }
}
