package dev.basalt.adapters.postgres;

import dev.basalt.adapters.jdbc.migration.MigrationDialect;
import dev.basalt.adapters.jdbc.script.SyntaxFeature;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/** How PostgreSQL's schemas change. */
final class PostgresMigrationDialect implements MigrationDialect {

    static final Set<SyntaxFeature> SYNTAX = Set.of(
            SyntaxFeature.DOLLAR_QUOTES,
            SyntaxFeature.ESCAPE_STRINGS,
            SyntaxFeature.NESTED_COMMENTS,
            SyntaxFeature.CARRIAGE_RETURN_ENDS_LINE,
            SyntaxFeature.ATOMIC_BODIES);

    @Override
    public Set<SyntaxFeature> syntax() {
        return SYNTAX;
    }

    /** Whatever the server's default is, a script is run as it was read: a backslash is nothing special in a plain string. */
    @Override
    public void beforeUndo(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET standard_conforming_strings = on");
        }
    }

    /** With Flyway's lock in a transaction, CREATE INDEX CONCURRENTLY would wait for the very one that waits for it. */
    @Override
    public void configure(FluentConfiguration flyway) {
        flyway.getConfigurationExtension(PostgreSQLConfigurationExtension.class).setTransactionalLock(false);
    }
}
