package dev.basalt.adapters.jdbc.ledger;

import dev.basalt.domain.ledger.Account;
import dev.basalt.domain.ledger.OpenAccount;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.MappedProperty;
import io.micronaut.data.model.DataType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code accounts}. */
@MappedEntity("accounts")
public record AccountRow(
        @Id long id,
        @Nullable String idempotencyKey,
        String owner,
        String currency,
        long balance,
        long openingBalance,
        long version,
        boolean system,

        @MappedProperty(type = DataType.OBJECT, converter = StoredInstant.class)
        Instant createdAt) {

    /** Every column, for a statement whose rows {@link #read} takes. */
    public static final String COLUMNS =
            "id, idempotency_key, owner, currency, balance, opening_balance, version, system, created_at";

    /** Makes a row of the one that the result set stands on. */
    public static AccountRow read(ResultSet row) throws SQLException {
        return new AccountRow(
                row.getLong("id"),
                row.getString("idempotency_key"),
                row.getString("owner"),
                row.getString("currency"),
                row.getLong("balance"),
                row.getLong("opening_balance"),
                row.getLong("version"),
                row.getBoolean("system"),
                StoredInstant.read(row.getObject("created_at")));
    }

    Account account() {
        return new Account(id, owner, currency, balance, version, system, createdAt);
    }

    /** The account as it was when it was opened. */
    Account opened() {
        return new Account(id, owner, currency, openingBalance, openingBalance > 0 ? 1 : 0, system, createdAt);
    }

    boolean isOf(OpenAccount order) {
        return owner.equals(order.owner())
                && currency.equals(order.currency())
                && openingBalance == order.openingBalance();
    }
}
