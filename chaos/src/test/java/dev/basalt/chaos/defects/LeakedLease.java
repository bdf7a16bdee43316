package dev.basalt.chaos.defects;

import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.TransactionRunner;
import dev.basalt.ports.TransactionWork;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Lends a connection out twice and never gives it back, once. */
@Singleton
@Requires(property = "basalt.defect", value = "leaked-lease")
final class LeakedLease implements BeanCreatedEventListener<TransactionRunner> {

    private static final int AFTER = 100;

    @Override
    public TransactionRunner onCreated(BeanCreatedEvent<TransactionRunner> event) {
        TransactionRunner sound = event.getBean();
        var calls = new AtomicInteger();
        return new TransactionRunner() {
            @Override
            public <R extends @Nullable Object, X extends Exception> R inTransaction(
                    TransactionOptions options, TransactionWork<R, X> work) throws X {
                if (calls.incrementAndGet() == AFTER) {
                    Thread.ofVirtual().start(() -> keep(sound));
                }
                return sound.inTransaction(options, work);
            }

            @Override
            public boolean isRunning() {
                return sound.isRunning();
            }
        };
    }

    private static void keep(TransactionRunner sound) {
        sound.inTransaction(TransactionOptions.READ, _ -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "";
        });
    }
}
