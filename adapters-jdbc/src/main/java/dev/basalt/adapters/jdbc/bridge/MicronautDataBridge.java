package dev.basalt.adapters.jdbc.bridge;

import dev.basalt.adapters.jdbc.JdbcBackend;
import dev.basalt.adapters.jdbc.connection.ConnectorDataSource;
import dev.basalt.ports.Backend;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.data.connection.ConnectionOperations;
import io.micronaut.data.connection.jdbc.operations.DefaultDataSourceConnectionOperations;
import io.micronaut.transaction.TransactionOperations;
import io.micronaut.transaction.jdbc.DataSourceTransactionManager;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.Connection;
import javax.sql.DataSource;

/**
 * Publishes the primary backend to Micronaut Data, under the name that it looks for, in place of what Micronaut would
 * make of a data source by itself: that opens a connection before it is known whether it reads, and commits a transaction
 * of its own inside ours.
 */
@Factory
final class MicronautDataBridge {

    static final String NAME = "default";

    /** Typed, so that it is not a second {@link Backend} to choose from. */
    @Singleton
    @Bean(typed = JdbcBackend.class)
    JdbcBackend backend(Backend primary) {
        return primary.unwrap(JdbcBackend.class)
                .orElseThrow(() -> new IllegalStateException(
                        "the primary backend is " + primary.product() + ", which Micronaut Data JDBC cannot use"));
    }

    /** Gives the connection of the running transaction, and fails outside of one. */
    @Singleton
    @Named(NAME)
    @Bean(typed = DataSource.class)
    DataSource dataSource(JdbcBackend backend) {
        return new ConnectorDataSource(
                () -> GuestConnection.of(backend.session().transaction()::connection));
    }

    @Singleton
    @Named(NAME)
    @Replaces(DefaultDataSourceConnectionOperations.class)
    ConnectionOperations<Connection> connections(JdbcBackend backend) {
        return new BridgedConnections(backend.transactions());
    }

    @Singleton
    @Named(NAME)
    @Replaces(DataSourceTransactionManager.class)
    TransactionOperations<Connection> transactions(
            JdbcBackend backend, @Named(NAME) ConnectionOperations<Connection> connections) {
        return new BridgedTransactions(backend.transactions(), connections);
    }
}
