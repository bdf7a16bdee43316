package dev.basalt.benchmarks.throughput;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Sends transfers over HTTP with wrk (https://github.com/wg/wrk), each connection one after another. */
final class Wrk {

    static final String PROGRAM = "wrk";

    /** The lines that the script writes in the end. */
    private static final Pattern COMPLETED = Pattern.compile("completed_per_second=([0-9.]+)");

    private static final Pattern P99 = Pattern.compile("p99_ms=([0-9.]+)");
    private static final Pattern FAILED = Pattern.compile("failed=([0-9]+)");

    private final Path script;
    private final int port;
    private final Accounts accounts;

    Wrk(Path script, int port, Accounts accounts) {
        this.script = script;
        this.port = port;
        this.accounts = accounts;
    }

    Figure run(int connections, Duration time) {
        String output = Tool.run(
                Map.of(
                        "FIRST", Long.toString(accounts.first()),
                        "STEP", Long.toString(accounts.step()),
                        "COUNT", Integer.toString(accounts.count())),
                List.of(
                        PROGRAM,
                        "--threads",
                        Integer.toString(Math.min(2, connections)),
                        "--connections",
                        Integer.toString(connections),
                        "--duration",
                        time.toSeconds() + "s",
                        "--timeout",
                        "30s",
                        "--script",
                        script.toString(),
                        "http://127.0.0.1:" + port));
        return new Figure(
                "Basalt over HTTP, " + (connections == 1 ? "1 connection" : connections + " connections"),
                Tool.number(output, COMPLETED),
                Tool.number(output, P99),
                (long) Tool.number(output, FAILED));
    }
}
