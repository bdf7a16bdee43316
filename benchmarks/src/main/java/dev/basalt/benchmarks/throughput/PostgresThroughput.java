package dev.basalt.benchmarks.throughput;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.basalt.benchmarks.run.Plan;
import dev.basalt.benchmarks.run.Report;
import dev.basalt.chaos.application.Application;
import dev.basalt.chaos.database.PostgresDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Transfers a second on PostgreSQL: over HTTP, by pgbench, and by plain JDBC with HikariCP, all on one server. */
public final class PostgresThroughput {

    private static final List<Integer> CONNECTIONS = List.of(1, 8, 32, 128);
    private static final int PGBENCH_CLIENTS = 32;
    private static final int POOL = 10;

    private final Plan plan;
    private final Report report;

    public PostgresThroughput(Plan plan, Report report) {
        this.plan = plan;
        this.report = report;
    }

    public void run() {
        report.section("Transfers a second, PostgreSQL");
        Scripts scripts = Scripts.in(plan.folder().resolve("scripts"));
        try (var database =
                PostgresDatabase.create(plan.programs(), plan.folder().resolve("postgres"), false)) {
            database.bypassNetwork();
            try (var application = new Application(plan.program(), database, "application")) {
                application.start();
                application.awaitReady();
                Accounts accounts = Accounts.open(application);
                measure(application, accounts, database, scripts);
            }
        }
    }

    private void measure(Application application, Accounts accounts, PostgresDatabase database, Scripts scripts) {
        var wrk = new Wrk(scripts.wrk(), application.port(), accounts);
        var pgbench = new Pgbench(scripts.pgbench(), place(database), accounts);
        wrk.run(32, plan.warmUp());
        Duration time = plan.time();
        Figure before = pgbench.run(PGBENCH_CLIENTS, time);
        var figures = new ArrayList<Figure>();
        CONNECTIONS.forEach(connections -> figures.add(wrk.run(connections, time)));
        figures.add(plain(database, accounts, time));
        Figure after = pgbench.run(PGBENCH_CLIENTS, time);
        Figure baseline = new Figure(
                before.what() + ", before and after", (before.perSecond() + after.perSecond()) / 2, Double.NaN, 0);
        report.header("what", "transfers/s", "÷ pgbench", "p99, ms", "failed");
        report.row(baseline.row(baseline));
        figures.forEach(figure -> report.row(figure.row(baseline)));
        GroupFigures.report(application, report);
    }

    private Figure plain(PostgresDatabase database, Accounts accounts, Duration time) {
        var config = new HikariConfig();
        config.setJdbcUrl(
                "jdbc:postgresql://127.0.0.1:%d/%s".formatted(database.server().port(), PostgresDatabase.NAME));
        config.setUsername(PostgresDatabase.ROLE);
        config.setPassword(database.secrets().getLast());
        config.addDataSourceProperty("prepareThreshold", "1");
        config.setMaximumPoolSize(POOL);
        config.setAutoCommit(false);
        try (var pool = new HikariDataSource(config)) {
            var loop = new Loop(pool, PlainTransfers.onPostgres(accounts));
            loop.run("warm-up", POOL, plan.warmUp());
            return loop.run("plain JDBC, HikariCP of " + POOL, POOL, time);
        }
    }

    private static Map<String, String> place(PostgresDatabase database) {
        return Map.of(
                "PGHOST",
                "127.0.0.1",
                "PGPORT",
                Integer.toString(database.server().port()),
                "PGUSER",
                PostgresDatabase.ROLE,
                "PGPASSWORD",
                database.secrets().getLast(),
                "PGDATABASE",
                PostgresDatabase.NAME);
    }

    /** Tells what is missing to run this, or nothing. */
    public static List<String> missing() {
        return List.of(Wrk.PROGRAM, Pgbench.PROGRAM).stream()
                .filter(program -> !Tool.isInstalled(program))
                .toList();
    }

    /** The scripts as files, which is where the tools read them from. */
    record Scripts(Path wrk, Path pgbench) {

        static Scripts in(Path folder) {
            return new Scripts(Resource.copy("transfer.lua", folder), Resource.copy("transfer.pgbench", folder));
        }
    }
}
