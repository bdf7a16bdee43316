package dev.basalt.adapters.jdbc.migration;

import dev.basalt.adapters.jdbc.script.SyntaxFeature;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** What one database does in its own way when its schema changes. Thread-safe. */
public interface MigrationDialect {

    /** What its scripts may hold. */
    Set<SyntaxFeature> syntax();

    /** Sets what the database needs of Flyway. */
    default void configure(FluentConfiguration flyway) {}

    /** Readies a connection for an undo script, before the transaction begins; nothing else runs on it later. */
    default void beforeUndo(Connection connection) throws SQLException {}

    /** Fails if the schema cannot stay as an undo script has left it; in its transaction, before the commit. */
    default void afterUndo(Connection connection) throws SQLException {}
}
