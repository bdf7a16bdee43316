package dev.basalt.benchmarks.overhead;

import dev.basalt.benchmarks.run.Databases;
import dev.basalt.benchmarks.run.Place;
import dev.basalt.benchmarks.run.Plan;
import dev.basalt.benchmarks.run.Report;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * What {@link OneStatement} costs by each way, measured by JMH in processes of their own; what it says goes to files. The
 * ways take turns, round by round, and the median counts: so what else happens on the machine meets all of them.
 */
public final class StatementOverhead {

    private static final int ITERATIONS = 5;
    private static final int ROUNDS = 3;
    private static final List<String> WAYS = List.of("plain", "careful", "ports");

    private final Plan plan;
    private final Report report;

    public StatementOverhead(Plan plan, Report report) {
        this.plan = plan;
        this.report = report;
    }

    public void run() {
        report.section("One statement through the ports");
        report.header("database", "threads", "by hand, µs", "with care, µs", "Basalt, µs", "÷ by hand", "÷ with care");
        try (var databases = Databases.in(plan)) {
            for (Place place : databases.places()) {
                Path file = databases.folder().resolve(place.name() + ".properties");
                place.write(file);
                measure(place, file, false);
                measure(place, file, true);
            }
        }
    }

    private void measure(Place place, Path file, boolean virtual) {
        var scores = new HashMap<String, List<Double>>();
        for (int round = 1; round <= ROUNDS; round++) {
            for (String way : WAYS) {
                String log = "jmh-%s-%s-%s-%d.log".formatted(place.name(), threads(virtual), way, round);
                scores.computeIfAbsent(way, _ -> new ArrayList<>())
                        .addAll(scores(options(way, file, virtual, plan.folder().resolve(log))));
            }
        }
        double plain = median(scores, "plain");
        double careful = median(scores, "careful");
        double ports = median(scores, "ports");
        report.row(
                place.name(),
                threads(virtual),
                "%.1f".formatted(plain),
                "%.1f".formatted(careful),
                "%.1f".formatted(ports),
                "%.2f".formatted(ports / plain),
                "%.2f".formatted(ports / careful));
    }

    private Options options(String way, Path place, boolean virtual, Path log) {
        return new OptionsBuilder()
                .include(OneStatement.class.getName() + "." + way + "$")
                .param("place", place.toString())
                .forks(1)
                .warmupIterations(1)
                .warmupTime(TimeValue.milliseconds(plan.warmUp().toMillis()))
                .measurementIterations(ITERATIONS)
                .measurementTime(TimeValue.milliseconds(plan.time().toMillis() / (ITERATIONS * ROUNDS)))
                .output(log.toString())
                .jvmArgs(
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Djmh.executor=" + (virtual ? "VIRTUAL" : "PLATFORM"))
                .build();
    }

    /** One for each iteration, in microseconds. */
    private static List<Double> scores(Options options) {
        try {
            return new Runner(options)
                    .runSingle().getAggregatedResult().getIterationResults().stream()
                            .map(iteration -> iteration.getPrimaryResult().getScore())
                            .toList();
        } catch (RunnerException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String threads(boolean virtual) {
        return virtual ? "virtual" : "platform";
    }

    private static double median(Map<String, List<Double>> scores, String way) {
        List<Double> sorted =
                scores.getOrDefault(way, List.of()).stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
