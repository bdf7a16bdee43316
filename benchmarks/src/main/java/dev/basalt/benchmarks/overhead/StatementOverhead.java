package dev.basalt.benchmarks.overhead;

import dev.basalt.benchmarks.run.Databases;
import dev.basalt.benchmarks.run.Place;
import dev.basalt.benchmarks.run.Plan;
import dev.basalt.benchmarks.run.Report;
import java.nio.file.Path;
import java.util.Collection;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** What {@link OneStatement} costs by either way, measured by JMH in processes of their own; what it says goes to files. */
public final class StatementOverhead {

    private static final int ITERATIONS = 5;
    private static final int FORKS = 2;

    private final Plan plan;
    private final Report report;

    public StatementOverhead(Plan plan, Report report) {
        this.plan = plan;
        this.report = report;
    }

    public void run() {
        report.section("One statement through the ports");
        report.header("database", "threads", "HikariCP and JDBC, µs", "Basalt, µs", "Basalt ÷ by hand");
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
        TimeValue each = TimeValue.milliseconds(plan.time().toMillis() / ITERATIONS);
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(OneStatement.class.getName())
                .param("place", file.toString())
                .forks(FORKS)
                .warmupIterations(ITERATIONS)
                .warmupTime(each)
                .measurementIterations(ITERATIONS)
                .measurementTime(each)
                .output(plan.folder()
                        .resolve("jmh-%s-%s.log".formatted(place.name(), threads(virtual)))
                        .toString())
                .jvmArgs(
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Djmh.executor=" + (virtual ? "VIRTUAL" : "PLATFORM"));
        try {
            Collection<RunResult> results = new Runner(options.build()).run();
            double plain = micros(results, "plain");
            double ports = micros(results, "ports");
            report.row(
                    place.name(),
                    threads(virtual),
                    "%.1f".formatted(plain),
                    "%.1f".formatted(ports),
                    "%.3f".formatted(ports / plain));
        } catch (RunnerException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String threads(boolean virtual) {
        return virtual ? "virtual" : "platform";
    }

    private static double micros(Collection<RunResult> results, String benchmark) {
        return results.stream()
                .filter(result -> result.getParams().getBenchmark().endsWith("." + benchmark))
                .mapToDouble(result -> result.getPrimaryResult().getScore())
                .findFirst()
                .orElseThrow();
    }
}
