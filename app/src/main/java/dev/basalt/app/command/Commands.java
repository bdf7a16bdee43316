package dev.basalt.app.command;

import dev.basalt.app.access.users.PasswordHash;
import dev.basalt.app.settings.PoolConfiguration;
import dev.basalt.app.settings.reading.EffectiveSettings;
import dev.basalt.domain.health.HealthStatus;
import dev.basalt.domain.health.ProbeDepth;
import dev.basalt.domain.health.ProbeResult;
import dev.basalt.domain.migration.Migration;
import dev.basalt.domain.settings.DatabaseSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The subcommands. Each returns its exit code: 0 if all is well, 1 if not; arguments that are not understood end in
 * picocli's 2.
 */
@Command(
        name = "basalt",
        description = "Serves Basalt over HTTP, or does one thing with its databases.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Settings are written -name=value, before or behind the command:",
            "  java -jar basalt.jar migrate -database.url=sqlite:ledger.db",
            "or are environment variables, or stand in files; 'config' shows those that hold.",
            "Exit codes: 0 all is well, 1 it is not, 2 the arguments are not understood."
        })
public final class Commands implements Callable<Integer> {

    /** What the server's command returns, because it goes on. */
    public static final int SERVING = -1;

    private static final int GOOD = 0;
    private static final int BAD = 1;

    private final Callable<Integer> server;
    private final Callable<EffectiveSettings> settings;

    @Spec
    private @Nullable CommandSpec spec;

    /**
     * Makes the commands.
     *
     * @param server starts the server, and returns {@link #SERVING}
     * @param settings reads the settings
     */
    public Commands(Callable<Integer> server, Callable<EffectiveSettings> settings) {
        this.server = server;
        this.settings = settings;
    }

    @Override
    public Integer call() throws Exception {
        return server.call();
    }

    @Command(description = "Serves over HTTP; what happens without a command.", mixinStandardHelpOptions = true)
    int serve() throws Exception {
        return server.call();
    }

    @Command(description = "Runs the pending scripts.", mixinStandardHelpOptions = true)
    int migrate(@Mixin Target target, @Mixin DryRun dryRun) throws Exception {
        return with(databases -> {
            List<Migration> scripts = databases.migrations().migrate(target.pool, dryRun.on);
            print(scripts.isEmpty() ? "nothing is pending" : dryRun.on ? "would run:" : "has run:");
            scripts.forEach(script -> print("  " + script.script()));
            return GOOD;
        });
    }

    @Command(description = "Lists the scripts and where they stand.", mixinStandardHelpOptions = true)
    int info(@Mixin Target target) throws Exception {
        return with(databases -> {
            databases.migrations().list(target.pool).forEach(script -> print(line(script)));
            return GOOD;
        });
    }

    private static String line(Migration script) {
        return "%-10s %-12s %s%s"
                .formatted(
                        Objects.requireNonNullElse(script.version(), "-"),
                        script.state().name().toLowerCase(Locale.ROOT),
                        script.script(),
                        script.installedOn() == null ? "" : ", on " + script.installedOn());
    }

    @Command(
            description = "Compares what has run with the scripts; exit code 1 if they do not fit.",
            mixinStandardHelpOptions = true)
    int validate(@Mixin Target target) throws Exception {
        return with(databases -> {
            List<String> faults = databases.migrations().validate(target.pool);
            faults.forEach(this::print);
            print(faults.isEmpty() ? "what has run fits the scripts" : "what has run does not fit the scripts");
            return faults.isEmpty() ? GOOD : BAD;
        });
    }

    @Command(description = "Makes the history fit the scripts again; runs none.", mixinStandardHelpOptions = true)
    int repair(@Mixin Target target, @Mixin DryRun dryRun) throws Exception {
        return with(databases -> {
            List<String> repaired = databases.migrations().repair(target.pool, dryRun.on);
            print(repaired.isEmpty() ? "nothing is to be repaired" : dryRun.on ? "would be repaired:" : "repaired:");
            repaired.forEach(what -> print("  " + what));
            return GOOD;
        });
    }

    @Command(
            description = "Begins a history on tables that have none: scripts up to the version count as applied.",
            mixinStandardHelpOptions = true)
    int baseline(
            @Mixin Target target,
            @Option(names = "--version-reached", required = true, description = "the last script's version")
                    String version,
            @Option(names = "--description", description = "for the history", defaultValue = "baseline")
                    String description,
            @Mixin DryRun dryRun)
            throws Exception {
        return with(databases -> {
            Migration entry = databases.migrations().baseline(target.pool, version, description, dryRun.on);
            print((dryRun.on ? "the history would begin at " : "the history begins at ") + entry.version());
            return GOOD;
        });
    }

    @Command(description = "Undoes the script that ran last.", mixinStandardHelpOptions = true)
    int revert(@Mixin Target target, @Mixin DryRun dryRun) throws Exception {
        return with(databases -> {
            Migration undone = databases.migrations().revert(target.pool, dryRun.on);
            print((dryRun.on ? "would be undone: " : "undone: ") + undone.script());
            return GOOD;
        });
    }

    @Command(
            description =
                    "Probes every database; exit code 1 if one without which the service is of no use does not answer.",
            mixinStandardHelpOptions = true)
    int health(
            @Option(
                            names = "--depth",
                            description = "how deeply to look: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})",
                            defaultValue = "QUERY")
                    ProbeDepth depth)
            throws Exception {
        return with(databases -> {
            boolean usable = true;
            for (PoolConfiguration pool : databases.settings().pools()) {
                ProbeResult result = databases.probe(pool, depth);
                print(line(pool.name(), result));
                usable &= result.status() != HealthStatus.UNHEALTHY || !pool.critical();
            }
            return usable ? GOOD : BAD;
        });
    }

    @Command(
            description = "Shows each setting, where it came from and what it overrode; secrets as ***.",
            mixinStandardHelpOptions = true)
    int config() throws Exception {
        print(settings.call().report().text());
        return GOOD;
    }

    @Command(
            name = "hash-password",
            description = "Reads a password from the standard input and prints the hash for the users file.",
            mixinStandardHelpOptions = true)
    int hashPassword() throws IOException {
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        print(PasswordHash.ofPassword(Objects.requireNonNullElse(input.readLine(), ""))
                .value());
        return GOOD;
    }

    private static String line(String pool, ProbeResult result) {
        return "%s: %s, %s"
                .formatted(
                        pool,
                        result.status(),
                        result.failure() == null
                                ? result.roundTrip().toMillis() + " ms"
                                : result.failure().getMessage());
    }

    private int with(Work work) throws Exception {
        try (var databases = Databases.of(settings.call().settings())) {
            return work.on(databases);
        }
    }

    private void print(String line) {
        Objects.requireNonNull(spec).commandLine().getOut().println(line);
    }

    /** Which database a command is for. */
    static final class Target {
        @Option(names = "--pool", description = "the pool whose database it is for (default: ${DEFAULT-VALUE})")
        private String pool = DatabaseSettings.PRIMARY;
    }

    /** Whether a command only looks. */
    static final class DryRun {
        @Option(names = "--dry-run", description = "say only what would be done")
        private boolean on;
    }

    @FunctionalInterface
    private interface Work {
        int on(Databases databases) throws InterruptedException;
    }
}
