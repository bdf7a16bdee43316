package dev.basalt.adapters.jdbc.ledger;

import dev.basalt.domain.ledger.RecordedOrder;
import dev.basalt.domain.ledger.Refusal;
import dev.basalt.domain.ledger.Transfer;
import dev.basalt.domain.ledger.TransferOrder;
import dev.basalt.domain.ledger.TransferOutcome;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.MappedProperty;
import io.micronaut.data.model.DataType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code transfers}: an order with its outcome. Where {@code refusal} is set, nothing was moved. */
@MappedEntity("transfers")
public record TransferRow(
        @Id long id,
        String idempotencyKey,
        long fromAccount,
        long toAccount,
        long amount,
        String currency,
        String description,
        @Nullable String refusal,

        @MappedProperty(type = DataType.OBJECT, converter = StoredInstant.class)
        Instant createdAt) {

    /** The one refusal that is recorded. */
    static final String INSUFFICIENT_FUNDS = "insufficient_funds";

    /** Every column, for a statement whose rows {@link #read} takes. */
    public static final String COLUMNS =
            "id, idempotency_key, from_account, to_account, amount, currency, description, refusal, created_at";

    /** Makes a row of the one that the result set stands on. */
    public static TransferRow read(ResultSet row) throws SQLException {
        return new TransferRow(
                row.getLong("id"),
                row.getString("idempotency_key"),
                row.getLong("from_account"),
                row.getLong("to_account"),
                row.getLong("amount"),
                row.getString("currency"),
                row.getString("description"),
                row.getString("refusal"),
                StoredInstant.read(row.getObject("created_at")));
    }

    Transfer transfer() {
        return new Transfer(id, fromAccount, toAccount, amount, currency, description, createdAt);
    }

    RecordedOrder recorded() {
        return new RecordedOrder(
                new TransferOrder(idempotencyKey, fromAccount, toAccount, amount, description),
                refusal == null
                        ? new TransferOutcome.Completed(transfer())
                        : new TransferOutcome.Refused(new Refusal.InsufficientFunds(fromAccount, amount, currency)));
    }
}
