package dev.basalt.adapters.jdbc.ledger;

import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads a point in time as the databases keep it: as a timestamp, or, where there is no such type, as microseconds since
 * 1970. Thread-safe.
 */
@Singleton
public final class StoredInstant implements AttributeConverter<Instant, Object> {

    @Override
    public @Nullable Object convertToPersistedValue(@Nullable Instant instant, ConversionContext context) {
        throw new UnsupportedOperationException("the ledger's rows are written by its own statements");
    }

    @Override
    public @Nullable Instant convertToEntityValue(@Nullable Object stored, ConversionContext context) {
        return stored == null ? null : read(stored);
    }

    /** The point in time that a column's value stands for. */
    static Instant read(Object stored) {
        return switch (stored) {
            case Timestamp timestamp -> timestamp.toInstant();
            case Number micros -> Instant.EPOCH.plus(micros.longValue(), ChronoUnit.MICROS);
            default -> throw new IllegalArgumentException("a point in time came as " + stored.getClass());
        };
    }

    /** Microseconds since 1970. */
    public static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
