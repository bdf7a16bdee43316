package dev.basalt.benchmarks.overhead;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.basalt.adapters.jdbc.JdbcBackend;
import dev.basalt.adapters.jdbc.transaction.JdbcSession;
import dev.basalt.benchmarks.run.Databases;
import dev.basalt.benchmarks.run.Place;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendListener;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One query by primary key in a transaction that reads: through the ports, and on HikariCP and JDBC by hand. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class OneStatement {

    private static final String TABLE =
            "CREATE TABLE IF NOT EXISTS people (id INTEGER PRIMARY KEY, name TEXT NOT NULL)";
    private static final String ROW = "INSERT INTO people VALUES (?, 'somebody') ON CONFLICT DO NOTHING";
    private static final String QUERY = "SELECT name FROM people WHERE id = ?";
    private static final Object ID = 1;

    /** The file with the {@link Place}; JMH prints every parameter, so that it must not hold a password. */
    @Param("")
    public String place = "";

    private final ExecutorService platformThreads =
            Executors.newFixedThreadPool(PoolSettings.DEFAULTS.maxConnections());
    private boolean blocksCarriers;
    private @Nullable Backend backend;
    private @Nullable JdbcSession session;
    private @Nullable HikariDataSource plainPool;
    private @Nullable HikariDataSource carefulPool;

    @Setup
    public void open() {
        Place database = Place.read(Path.of(place));
        blocksCarriers = database.blocksCarriers();
        var settings = new DatabaseSettings("primary", database.url(), PoolSettings.DEFAULTS);
        Backend opened = database.provider().open(settings, BackendListener.NONE);
        backend = opened;
        Databases.awaitUsable(opened);
        JdbcSession statements = opened.unwrap(JdbcBackend.class).orElseThrow().session();
        session = statements;
        opened.transactions().inTransaction(TransactionOptions.WRITE, _ -> {
            statements.update(TABLE);
            return statements.update(ROW, ID);
        });
        plainPool = pool(database.plain());
        carefulPool = pool(database.careful());
    }

    private static HikariDataSource pool(HikariConfig config) {
        config.setAutoCommit(false);
        return new HikariDataSource(config);
    }

    @TearDown
    public void close() {
        platformThreads.close();
        requireNonNull(carefulPool).close();
        requireNonNull(plainPool).close();
        requireNonNull(backend).close();
    }

    @Benchmark
    public Object ports() {
        JdbcSession statements = requireNonNull(session);
        return requireNonNull(backend)
                .transactions()
                .inTransaction(
                        TransactionOptions.READ,
                        _ -> statements
                                .query(QUERY, row -> row.getString(1), ID)
                                .getFirst());
    }

    /** As short as it can be written. */
    @Benchmark
    public Object plain() throws SQLException {
        return query(requireNonNull(plainPool));
    }

    /** With what no service can do without: limits of time, transactions that cannot write, carriers that are not blocked. */
    @Benchmark
    public Object careful() throws SQLException, ExecutionException, InterruptedException {
        HikariDataSource pool = requireNonNull(carefulPool);
        return blocksCarriers && Thread.currentThread().isVirtual()
                ? platformThreads.submit(() -> query(pool)).get()
                : query(pool);
    }

    private static String query(HikariDataSource pool) throws SQLException {
        try (var connection = pool.getConnection();
                var statement = connection.prepareStatement(QUERY)) {
            statement.setObject(1, ID);
            String name;
            try (var rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new IllegalStateException("the row is not there");
                }
                name = rows.getString(1);
            }
            connection.commit();
            return name;
        }
    }
}
