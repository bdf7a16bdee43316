package dev.basalt.benchmarks;

import dev.basalt.benchmarks.acquire.AcquireTimes;
import dev.basalt.benchmarks.overhead.StatementOverhead;
import dev.basalt.benchmarks.run.Plan;
import dev.basalt.benchmarks.run.Report;
import dev.basalt.benchmarks.throughput.PostgresThroughput;
import dev.basalt.benchmarks.throughput.SqliteThroughput;
import dev.basalt.chaos.application.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Measures and prints. Arguments: which parts ({@code postgres}, {@code sqlite}, {@code acquire}, {@code overhead}; all if
 * none is named) and {@code seconds=N}, how long each measurement takes (10).
 */
public final class Benchmarks {

    private static final List<String> PARTS = List.of("postgres", "sqlite", "acquire", "overhead");
    private static final String SECONDS = "seconds=";

    private Benchmarks() {}

    public static void main(String[] arguments) {
        var parts = new ArrayList<String>();
        Duration time = Duration.ofSeconds(10);
        for (String argument : arguments) {
            if (argument.matches(SECONDS + "[1-9][0-9]{0,3}")) {
                time = Duration.ofSeconds(Long.parseLong(argument.substring(SECONDS.length())));
            } else if (PARTS.contains(argument)) {
                parts.add(argument);
            } else {
                System.err.println("'%s' is no part: %s and %sN are allowed"
                        .formatted(argument, String.join(", ", PARTS), SECONDS));
                System.exit(2);
            }
        }
        Path folder = Path.of(System.getProperty("basalt.folder", "target/benchmarks"))
                .toAbsolutePath();
        var program = new Program(Path.of(System.getProperty("basalt.jar")), List.of(), List.of("-Xmx1g"));
        var report = new Report(System.out);
        run(parts.isEmpty() ? Set.copyOf(PARTS) : Set.copyOf(parts), new Plan(program, folder, time), report);
        report.write(folder.resolve("report.md"));
    }

    private static void run(Set<String> parts, Plan plan, Report report) {
        if (parts.contains("postgres") && plan.program().has("adapters-postgres")) {
            unlessMissing(PostgresThroughput.missing(), report, new PostgresThroughput(plan, report)::run);
        }
        if (parts.contains("sqlite") && plan.program().has("adapters-sqlite")) {
            unlessMissing(SqliteThroughput.missing(), report, new SqliteThroughput(plan, report)::run);
        }
        if (parts.contains("acquire")) {
            new AcquireTimes(plan, report).run();
        }
        if (parts.contains("overhead")) {
            new StatementOverhead(plan, report).run();
        }
    }

    private static void unlessMissing(List<String> missing, Report report, Runnable part) {
        if (missing.isEmpty()) {
            part.run();
        } else {
            report.note("Not measured, because " + String.join(" and ", missing)
                    + " cannot be found: they come with the system's packages wrk and postgresql-contrib.");
        }
    }
}
