package dev.basalt.benchmarks.throughput;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.basalt.benchmarks.run.Plan;
import dev.basalt.benchmarks.run.Report;
import dev.basalt.chaos.application.Application;
import dev.basalt.chaos.database.SqliteDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * Transfers a second on SQLite with {@code synchronous=FULL}: over HTTP, by one thread in a loop, and by what is written
 * first when one does not know SQLite: ten pooled connections, each of which begins to write when it comes to that.
 */
public final class SqliteThroughput {

    private static final List<Integer> CONNECTIONS = List.of(1, 8, 32, 128);
    private static final int NAIVE_POOL = 10;
    /** So many times longer than a usual measurement: the write-ahead log has to grow. */
    private static final int LONGER = 6;

    private final Plan plan;
    private final Report report;

    public SqliteThroughput(Plan plan, Report report) {
        this.plan = plan;
        this.report = report;
    }

    public void run() {
        report.section("Transfers a second, SQLite");
        Figure naive = plain("naive pool of " + NAIVE_POOL, NAIVE_POOL);
        Figure loop = plain("one thread in a loop", 1);
        List<Figure> figures = overHttp();
        report.header("what", "transfers/s", "÷ naive pool", "p99, ms", "failed");
        report.row(naive.row(naive));
        report.row(loop.row(naive));
        figures.forEach(figure -> report.row(figure.row(naive)));
    }

    private List<Figure> overHttp() {
        Path script = Resource.copy("transfer.lua", plan.folder().resolve("scripts"));
        try (var database = freshFile();
                var application = new Application(plan.program(), database, "application")) {
            application.start();
            application.awaitReady();
            var wrk = new Wrk(script, application.port(), Accounts.open(application));
            wrk.run(32, plan.warmUp());
            List<Figure> figures = CONNECTIONS.stream()
                    .map(connections -> wrk.run(connections, plan.time()))
                    .toList();
            report.header("transfers with a long reader beside them", "");
            withLongReader(database, wrk);
            GroupFigures.report(application, report);
            return figures;
        }
    }

    /** Somebody reads one snapshot all the while, so the write-ahead log cannot begin anew. */
    private void withLongReader(SqliteDatabase database, Wrk wrk) {
        try (var reader = database.connect()) {
            reader.setAutoCommit(false);
            try (var statement = reader.createStatement();
                    var rows = statement.executeQuery("SELECT count(*) FROM accounts")) {
                rows.next();
                Figure beside = wrk.run(32, plan.time().multipliedBy(LONGER));
                report.row(beside.what() + ", transfers/s", "%,.0f".formatted(beside.perSecond()));
                report.row("failed", Long.toString(beside.failed()));
                report.row("write-ahead log while the reader reads, MiB", mebibytes(database));
            }
            reader.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        wrk.run(32, plan.time());
        report.row("write-ahead log after the reader has gone, MiB", mebibytes(database));
    }

    private static String mebibytes(SqliteDatabase database) {
        try {
            return "%.1f".formatted(Files.size(Path.of(database.file() + "-wal")) / 1048576.0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Figure plain(String what, int threads) {
        try (var database = freshFile()) {
            return plain(database, openIn(database), what, threads);
        }
    }

    /** So each way begins with as much in its file as the others. */
    private SqliteDatabase freshFile() {
        return SqliteDatabase.create(plan.folder().resolve("sqlite"), false);
    }

    /** The application makes the tables and the accounts, and goes: nobody else has the file then. */
    private Accounts openIn(SqliteDatabase database) {
        try (var application = new Application(plan.program(), database, "application")) {
            application.start();
            application.awaitReady();
            return Accounts.open(application);
        }
    }

    private Figure plain(SqliteDatabase database, Accounts accounts, String what, int threads) {
        var config = new HikariConfig();
        config.setJdbcUrl("jdbc:sqlite:" + database.file() + "?journal_mode=WAL&synchronous=FULL&foreign_keys=on");
        config.setMaximumPoolSize(threads);
        config.setAutoCommit(false);
        try (var pool = new HikariDataSource(config)) {
            var loop = new Loop(pool, PlainTransfers.onSqlite(accounts));
            loop.run("warm-up", threads, plan.warmUp());
            return loop.run(what, threads, plan.time());
        }
    }

    /** Tells what is missing to run this, or nothing. */
    public static List<String> missing() {
        return Tool.isInstalled(Wrk.PROGRAM) ? List.of() : List.of(Wrk.PROGRAM);
    }
}
