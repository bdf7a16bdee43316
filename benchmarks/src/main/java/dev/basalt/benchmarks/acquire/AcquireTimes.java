package dev.basalt.benchmarks.acquire;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.basalt.benchmarks.run.Databases;
import dev.basalt.benchmarks.run.Place;
import dev.basalt.benchmarks.run.Plan;
import dev.basalt.benchmarks.run.Report;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * How long virtual threads wait for a connection: as many as the pool is large, 4 and 16 times as many, each of which keeps
 * it for a millisecond or two; beside them HikariCP of the same size by itself.
 */
public final class AcquireTimes {

    private static final int POOL = 10;
    private static final List<Integer> CROWDS = List.of(1, 4, 16);
    private static final Duration HELD = Duration.ofMillis(1);

    private final Plan plan;
    private final Report report;

    public AcquireTimes(Plan plan, Report report) {
        this.plan = plan;
        this.report = report;
    }

    public void run() {
        report.section("Waiting for a connection");
        report.header("database", "callers ÷ pool", "", "p50, ms", "p99, ms", "max, ms", "max ÷ HikariCP's");
        try (var databases = Databases.in(plan)) {
            for (Place place : databases.places()) {
                for (int crowd : CROWDS) {
                    measure(place, crowd);
                }
            }
        }
    }

    private void measure(Place place, int crowd) {
        long[] hikari = throughHikari(place, crowd * POOL);
        long[] ours = throughPorts(place, crowd * POOL);
        row(place, crowd, "HikariCP", hikari, hikari);
        row(place, crowd, "Basalt", ours, hikari);
    }

    private void row(Place place, int crowd, String who, long[] sorted, long[] baseline) {
        report.row(
                place.name(),
                crowd + "×",
                who,
                "%.2f".formatted(percentile(sorted, 0.5)),
                "%.2f".formatted(percentile(sorted, 0.99)),
                "%.1f".formatted(percentile(sorted, 1)),
                "%.3f".formatted(percentile(sorted, 1) / percentile(baseline, 1)));
    }

    private static double percentile(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(sorted.length * share))] / 1e6;
    }

    private long[] throughPorts(Place place, int callers) {
        var waits = new ConcurrentLinkedQueue<Long>();
        var listener = new BackendListener() {
            private volatile boolean listening;

            @Override
            public void connectionAcquired(String pool, Duration waited) {
                if (listening) {
                    waits.add(waited.toNanos());
                }
            }
        };
        var settings = new DatabaseSettings("primary", place.url(), PoolSettings.DEFAULTS.withConnections(POOL, POOL));
        try (Backend backend = place.provider().open(settings, listener)) {
            Databases.awaitUsable(backend);
            Runnable turn = () -> backend.transactions().inTransaction(TransactionOptions.READ, _ -> {
                hold();
                return null;
            });
            crowd(callers, turn, plan.time());
            listener.listening = true;
            crowd(callers, turn, plan.time());
        }
        return sorted(waits);
    }

    private long[] throughHikari(Place place, int callers) {
        var waits = new ConcurrentLinkedQueue<Long>();
        HikariConfig config = place.plain();
        config.setMaximumPoolSize(POOL);
        config.setConnectionTimeout(Duration.ofMinutes(1).toMillis());
        try (var pool = new HikariDataSource(config)) {
            crowd(callers, () -> borrow(pool, new ConcurrentLinkedQueue<>()), plan.time());
            crowd(callers, () -> borrow(pool, waits), plan.time());
        }
        return sorted(waits);
    }

    private static void borrow(HikariDataSource pool, ConcurrentLinkedQueue<Long> waits) {
        long start = System.nanoTime();
        try (Connection _ = pool.getConnection()) {
            waits.add(System.nanoTime() - start);
            hold();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void hold() {
        LockSupport.parkNanos(HELD.toNanos());
    }

    private static void crowd(int callers, Runnable turn, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            for (int i = 0; i < callers; i++) {
                running.add(executor.submit(() -> {
                    while (System.nanoTime() < end) {
                        turn.run();
                    }
                }));
            }
            for (Future<?> caller : running) {
                caller.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long[] sorted(ConcurrentLinkedQueue<Long> waits) {
        long[] sorted = waits.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }
}
