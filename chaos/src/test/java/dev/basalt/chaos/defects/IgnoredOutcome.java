package dev.basalt.chaos.defects;

import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.failure.DatabaseFailure.OutcomeUnknown;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.TransactionRunner;
import dev.basalt.ports.TransactionWork;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Says that nothing was done when nobody knows whether it was, so that clients order it anew. */
@Singleton
@Requires(property = "basalt.defect", value = "ignored-outcome")
final class IgnoredOutcome implements BeanCreatedEventListener<TransactionRunner> {

    @Override
    public TransactionRunner onCreated(BeanCreatedEvent<TransactionRunner> event) {
        TransactionRunner sound = event.getBean();
        return new TransactionRunner() {
            @Override
            public <R extends @Nullable Object, X extends Exception> R inTransaction(
                    TransactionOptions options, TransactionWork<R, X> work) throws X {
                try {
                    return sound.inTransaction(options, work);
                } catch (OutcomeUnknown e) {
                    throw new ConnectionFailed("it has surely failed", e);
                }
            }

            @Override
            public boolean isRunning() {
                return sound.isRunning();
            }
        };
    }
}
