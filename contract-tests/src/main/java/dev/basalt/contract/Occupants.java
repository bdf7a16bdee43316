package dev.basalt.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.Backend;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Callers that hold a pool's connections, each in a transaction that reads, until they are sent away. */
final class Occupants implements AutoCloseable {

    private final CountDownLatch leave = new CountDownLatch(1);
    private final CountDownLatch inside;
    private final List<Caller<Boolean>> callers;

    private Occupants(TestDatabase database, Backend backend, int count) {
        inside = new CountDownLatch(count);
        callers = Stream.generate(() -> Caller.start(() -> occupy(database, backend)))
                .limit(count)
                .toList();
    }

    /** Has this many callers take a connection, and returns when all of them have one. */
    static Occupants enter(TestDatabase database, Backend backend, int count) throws InterruptedException {
        var occupants = new Occupants(database, backend, count);
        assertThat(occupants.inside.await(Caller.PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                .as("%d callers are inside at the same time", count)
                .isTrue();
        return occupants;
    }

    private boolean occupy(TestDatabase database, Backend backend) throws InterruptedException {
        return backend.transactions().inTransaction(TransactionOptions.READ, transaction -> {
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
