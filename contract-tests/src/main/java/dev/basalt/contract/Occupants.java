package dev.basalt.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.domain.pool.Role;
import dev.basalt.domain.pool.RoleStats;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.Backend;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Callers that hold a pool's connections, each in a transaction, until they are sent away. */
final class Occupants implements AutoCloseable {

    private final CountDownLatch leave = new CountDownLatch(1);
    private final CountDownLatch inside;
    private final List<Caller<Boolean>> callers;

    private Occupants(TestDatabase database, Backend backend, TransactionOptions options, int count) {
        inside = new CountDownLatch(count);
        callers = Stream.generate(() -> Caller.start(() -> occupy(database, backend, options)))
                .limit(count)
                .toList();
    }

    /** Has this many callers take a connection to read, and returns when all of them have one. */
    static Occupants enter(TestDatabase database, Backend backend, int count) throws InterruptedException {
        return enter(database, backend, TransactionOptions.READ, count);
    }

    /** Has callers take every connection that may write, and returns when all of them have one. */
    static Occupants enterAllWriters(TestDatabase database, Backend backend) throws InterruptedException {
        int writers = backend.pool().stats().roles().stream()
                .filter(part -> part.role() != Role.READER)
                .mapToInt(RoleStats::max)
                .sum();
        return enter(database, backend, TransactionOptions.WRITE, writers);
    }

    private static Occupants enter(TestDatabase database, Backend backend, TransactionOptions options, int count)
            throws InterruptedException {
        var occupants = new Occupants(database, backend, options, count);
        assertThat(occupants.inside.await(Caller.PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                .as("%d callers are inside at the same time", count)
                .isTrue();
        return occupants;
    }

    private boolean occupy(TestDatabase database, Backend backend, TransactionOptions options)
            throws InterruptedException {
        return backend.transactions().inTransaction(options, transaction -> {
            database.query(backend, "SELECT 1");
            inside.countDown();
            return leave.await(2 * Caller.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        });
    }

    /** Sends them away, and returns when all of them have gone without a failure. */
    @Override
    public void close() {
        leave.countDown();
        assertThat(callers).allSatisfy(caller -> assertThat(caller.answer()).isTrue());
    }
}
