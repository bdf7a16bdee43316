package dev.basalt.benchmarks.throughput;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/** Books transfers in this process, on several threads for a while, each of which borrows a connection for each transfer. */
final class Loop {

    private final DataSource pool;
    private final PlainTransfers transfers;

    Loop(DataSource pool, PlainTransfers transfers) {
        this.pool = pool;
        this.transfers = transfers;
    }

    Figure run(String what, int threads, Duration time) {
        try (var executor = Executors.newFixedThreadPool(threads)) {
            long end = System.nanoTime() + time.toNanos();
            var running = new ArrayList<Future<Tally>>();
            for (int i = 0; i < threads; i++) {
                running.add(executor.submit((Callable<Tally>) () -> bookUntil(end)));
            }
            var all = new Tally();
            for (Future<Tally> tally : running) {
                all.add(tally.get());
            }
            return new Figure(what, all.count / (time.toNanos() / 1e9), all.p99Ms(), all.failed);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Tally bookUntil(long end) {
        var tally = new Tally();
        while (System.nanoTime() < end) {
            long start = System.nanoTime();
            try (Connection connection = pool.getConnection()) {
                try {
                    transfers.book(connection);
                    tally.took(System.nanoTime() - start);
                } catch (SQLException e) {
                    tally.failed++;
                    connection.rollback();
                }
            } catch (SQLException e) {
                tally.failed++;
            }
        }
        return tally;
    }

    /** What one thread did. */
    private static final class Tally {
        private long[] nanos = new long[1024];
        private int count;
        private long failed;

        void took(long time) {
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            nanos[count++] = time;
        }

        void add(Tally other) {
            nanos = Arrays.copyOf(nanos, count + other.count + 1);
            System.arraycopy(other.nanos, 0, nanos, count, other.count);
            count += other.count;
            failed += other.failed;
        }

        double p99Ms() {
            if (count == 0) {
                return Double.NaN;
            }
            long[] sorted = Arrays.copyOf(nanos, count);
            Arrays.sort(sorted);
            return sorted[(int) Math.min(count - 1L, Math.round(count * 0.99))] / 1e6;
        }
    }
}
