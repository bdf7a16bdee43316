package dev.basalt.adapters.jdbc.ledger;

import dev.basalt.domain.ledger.Entry;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.MappedProperty;
import io.micronaut.data.model.DataType;
import java.time.Instant;

/** A row of {@code entries}. */
@MappedEntity("entries")
public record EntryRow(
        @Id long id,
        long accountId,
        long transferId,
        long amount,
        long balanceAfter,

        @MappedProperty(type = DataType.OBJECT, converter = StoredInstant.class)
        Instant createdAt) {

    Entry entry() {
        return new Entry(transferId, amount, balanceAfter, createdAt);
    }
}
