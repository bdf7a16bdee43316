package dev.basalt.adapters.jdbc.bridge;

import dev.basalt.adapters.jdbc.transaction.JdbcTransactions;
import dev.basalt.adapters.jdbc.transaction.RunningTransaction;
import dev.basalt.domain.transaction.TransactionOptions;
import io.micronaut.data.connection.ConnectionDefinition;
import io.micronaut.data.connection.ConnectionOperations;
import io.micronaut.data.connection.ConnectionStatus;
import io.micronaut.data.connection.support.DefaultConnectionStatus;
import java.sql.Connection;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where Micronaut Data gets its connection: from the running transaction, or from one begun for the one call. Thread-safe.
 */
final class BridgedConnections implements ConnectionOperations<Connection> {

    private final JdbcTransactions transactions;

    /** The status that Micronaut's code between two calls of {@link #execute} shares. */
    private final ScopedValue<Guest> guest = ScopedValue.newInstance();

    BridgedConnections(JdbcTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Optional<ConnectionStatus<Connection>> findConnectionStatus() {
        return transactions.current().map(transaction -> {
            if (guest.isBound() && guest.get().host().equals(transaction)) {
                return guest.get().status();
            }
            return status(transaction, ConnectionDefinition.DEFAULT);
        });
    }

    @Override
    public <R> R execute(ConnectionDefinition definition, Function<ConnectionStatus<Connection>, R> callback) {
        Optional<RunningTransaction> running = transactions.current();
        if (running.isPresent()) {
            return call(running.get(), definition, callback);
        }
        TransactionOptions options =
                definition.isReadOnly().orElse(false) ? TransactionOptions.READ : TransactionOptions.WRITE;
        return transactions.inTransaction(
                options, _ -> call(transactions.current().orElseThrow(), definition, callback));
    }

    private <R> R call(
            RunningTransaction transaction,
            ConnectionDefinition definition,
            Function<ConnectionStatus<Connection>, R> callback) {
        var status = status(transaction, definition);
        return ScopedValue.where(guest, new Guest(transaction, status)).call(() -> {
            try {
                return callback.apply(status);
            } finally {
                status.complete();
            }
        });
    }

    private static DefaultConnectionStatus<Connection> status(
            RunningTransaction transaction, ConnectionDefinition definition) {
        return new DefaultConnectionStatus<>(GuestConnection.of(transaction::connection), definition, false);
    }

    private record Guest(RunningTransaction host, ConnectionStatus<Connection> status) {}
}
