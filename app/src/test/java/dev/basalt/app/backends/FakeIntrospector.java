package dev.basalt.app.backends;

import dev.basalt.domain.failure.DatabaseFailure.ObjectNotFound;
import dev.basalt.domain.schema.DatabaseInfo;
import dev.basalt.domain.schema.SchemaInfo;
import dev.basalt.domain.schema.TableDetails;
import dev.basalt.domain.schema.TablePage;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.Introspector;
import dev.basalt.ports.TransactionRunner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The catalogue of a database with one schema and nothing in it. */
record FakeIntrospector(TransactionRunner transactions) implements Introspector {

    @Override
    public List<DatabaseInfo> databases() {
        return transactions.inTransaction(TransactionOptions.READ, _ -> List.of());
    }

    @Override
    public List<SchemaInfo> schemas() {
        return transactions.inTransaction(TransactionOptions.READ, _ -> List.of(new SchemaInfo("main")));
    }

    @Override
    public TablePage tables(String schema, @Nullable String after, int pageSize) {
        throw new ObjectNotFound("there is nothing in it", null);
    }

    @Override
    public TableDetails table(String schema, String table, boolean exactCount) {
        throw new ObjectNotFound("there is nothing in it", null);
    }
}
