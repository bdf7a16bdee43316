package dev.basalt.benchmarks.throughput;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Books the same transfers with PostgreSQL's own load generator, each in a transaction of its own. */
final class Pgbench {

    static final String PROGRAM = "pgbench";

    private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+) \\(without");
    private static final Pattern LATENCY = Pattern.compile("latency average = ([0-9.]+) ms");

    private final Path script;
    private final Map<String, String> place;
    private final Accounts accounts;

    /** Makes one for a database, which libpq's environment variables name. */
    Pgbench(Path script, Map<String, String> place, Accounts accounts) {
        this.script = script;
        this.place = place;
        this.accounts = accounts;
    }

    Figure run(int clients, Duration time) {
        String output = Tool.run(
                place,
                List.of(
                        PROGRAM,
                        "--no-vacuum",
                        "--protocol=prepared",
                        "--client=" + clients,
                        "--jobs=2",
                        "--time=" + time.toSeconds(),
                        "--define=first=" + accounts.first(),
                        "--define=step=" + accounts.step(),
                        "--define=count=" + accounts.count(),
                        "--file=" + script));
        return new Figure(
                "pgbench, %d clients (mean %.1f ms)".formatted(clients, Tool.number(output, LATENCY)),
                Tool.number(output, TPS),
                Double.NaN,
                0);
    }
}
