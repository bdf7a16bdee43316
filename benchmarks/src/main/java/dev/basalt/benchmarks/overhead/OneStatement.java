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

    private static final String QUERY = "SELECT owner FROM accounts WHERE id = ?";

    /** The file with the {@link Place}; JMH prints every parameter, so that it must not hold a password. */
    @Param("")
    public String place = "";

    private @Nullable Backend backend;
    private @Nullable JdbcSession session;
    private @Nullable HikariDataSource pool;

    @Setup
    public void open() {
        Place database = Place.read(Path.of(place));
        var settings = new DatabaseSettings("primary", database.url(), PoolSettings.DEFAULTS);
        Backend opened = database.provider().open(settings, BackendListener.NONE);
        backend = opened;
        Databases.awaitUsable(opened);
        var _ = opened.migrator().migrate();
        session = opened.unwrap(JdbcBackend.class).orElseThrow().session();
        HikariConfig config = database.plain();
        config.setAutoCommit(false);
        pool = new HikariDataSource(config);
    }

    @TearDown
    public void close() {
        requireNonNull(pool).close();
        requireNonNull(backend).close();
    }

    @Benchmark
    public Object ports() {
        JdbcSession statements = requireNonNull(session);
        return requireNonNull(backend)
                .transactions()
                .inTransaction(TransactionOptions.READ, _ -> statements.query(QUERY, row -> row.getString(1), 1L));
    }

    @Benchmark
    public Object plain() throws SQLException {
        try (var connection = requireNonNull(pool).getConnection();
                var statement = connection.prepareStatement(QUERY)) {
            statement.setObject(1, 1L);
            Object owner = null;
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    owner = rows.getString(1);
                }
            }
            connection.commit();
            return String.valueOf(owner);
        }
    }
}
