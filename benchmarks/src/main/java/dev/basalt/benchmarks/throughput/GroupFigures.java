package dev.basalt.benchmarks.throughput;

import dev.basalt.benchmarks.run.Report;
import dev.basalt.chaos.application.Application;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;

/** How many orders went into a transaction, and how many transactions were tried again, by the application's own metrics. */
final class GroupFigures {

    private static final Pattern BATCHES =
            Pattern.compile("(?m)^basalt_ledger_batch_size_count(?:\\{[^}]*})? ([0-9.E]+)");
    private static final Pattern ORDERS = Pattern.compile("(?m)^basalt_ledger_batch_size_sum(?:\\{[^}]*})? ([0-9.E]+)");
    private static final Pattern RETRIES = Pattern.compile("(?m)^basalt_retries_total(?:\\{[^}]*})? ([0-9.E]+)");

    private GroupFigures() {}

    static void report(Application application, Report report) {
        String metrics = scrape(application);
        double batches = sum(metrics, BATCHES);
        double orders = sum(metrics, ORDERS);
        double retries = sum(metrics, RETRIES);
        report.note("%,.0f transactions carried %,.0f transfers, %.1f each; %,.0f were tried again (%.2f %%)."
                .formatted(batches, orders, orders / batches, retries, 100 * retries / batches));
    }

    private static String scrape(Application application) {
        try {
            return application.metrics();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double sum(String metrics, Pattern line) {
        return line.matcher(metrics)
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .sum();
    }
}
