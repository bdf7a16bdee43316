package dev.basalt.adapters.postgres;

import dev.basalt.adapters.jdbc.transaction.JdbcSession;
import dev.basalt.domain.schema.DatabaseInfo;
import dev.basalt.domain.schema.SchemaInfo;
import dev.basalt.domain.schema.TableDetails;
import dev.basalt.domain.schema.TablePage;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.Introspector;
import dev.basalt.ports.TransactionRunner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads PostgreSQL's catalogues. */
final class PostgresIntrospector implements Introspector {

    private final TransactionRunner transactions;
    private final JdbcSession session;

    PostgresIntrospector(TransactionRunner transactions, JdbcSession session) {
        this.transactions = transactions;
        this.session = session;
    }

    @Override
    public List<DatabaseInfo> databases() {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public List<SchemaInfo> schemas() {
        return transactions.inTransaction(TransactionOptions.READ, transaction -> session.query(
                "SELECT 'public'", row -> new SchemaInfo(row.getString(1))));
    }

    @Override
    public TablePage tables(String schema, @Nullable String after, int pageSize) {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public TableDetails table(String schema, String table, boolean exactCount) {
        throw new UnsupportedOperationException("not yet");
    }
}
