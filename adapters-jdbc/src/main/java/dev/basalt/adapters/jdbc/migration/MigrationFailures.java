package dev.basalt.adapters.jdbc.migration;

import dev.basalt.adapters.jdbc.dialect.Dialect;
import dev.basalt.adapters.jdbc.script.SqlStatement;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.migration.MigrationFailed;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * Tells what went wrong with a script, and what with the database. Of what the database says only the message is used, as
 * its details may hold rows.
 */
record MigrationFailures(String pool, Dialect dialect) {

    /** The failure that stands for Flyway's exception. */
    RuntimeException of(FlywayException e, RunningScript running) {
        SQLException failure = Stream.iterate(e.getCause(), cause -> cause != null, Throwable::getCause)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .findFirst()
                .orElse(null);
        String script = running.script();
        if (failure != null && (e.getErrorCode() == CoreErrorCode.DB_CONNECTION || script == null)) {
            // No script is to blame.
            return dialect.translate(pool, failure);
        }
        if (failure != null && script != null) {
            return of(script, running.failedStatement(), failure);
        }
        if (e.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
            return new MigrationFailed(
                    prefix()
                            + "the schema has tables but no history of scripts; a baseline says which version it is at",
                    e);
        }
        return new MigrationFailed(
                prefix()
                        + (script == null ? "" : script + ": ")
                        + String.valueOf(e.getMessage()).strip(),
                e);
    }

    /** The failure of a script in the database; of the database itself if it was the connection that was lost. */
    RuntimeException of(String script, @Nullable String statement, SQLException failure) {
        DatabaseFailure translated = dialect.translate(pool, failure);
        if (translated instanceof ConnectionFailed) {
            return translated;
        }
        String words = String.valueOf(translated.getMessage());
        return failed(
                script,
                (words.startsWith(prefix()) ? words.substring(prefix().length()) : words)
                        + (statement == null ? "" : ", in: " + SqlStatement.excerpt(statement)),
                failure);
    }

    MigrationFailed failed(String script, String reason, Throwable cause) {
        return new MigrationFailed(message(script, reason), cause);
    }

    String message(String script, String reason) {
        return prefix() + script + ": " + reason;
    }

    /** Tells whether the connection was lost, for which no script is to blame. */
    boolean isLost(SQLException failure) {
        return dialect.translate(pool, failure) instanceof ConnectionFailed;
    }

    private String prefix() {
        return "pool '" + pool + "': ";
    }
}
