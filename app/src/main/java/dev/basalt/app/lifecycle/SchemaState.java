package dev.basalt.app.lifecycle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where the schema of a pool stands that this service migrates.
 *
 * @param phase how far it is
 * @param since when it came to that
 * @param failure why it is no further, with script and database's message, or {@code null} if nothing has failed
 */
public record SchemaState(
        Phase phase, Instant since, @Nullable String failure) {

    /** How far a schema is. */
    public enum Phase {
        WAITING("waiting", "the database has not been reached yet"),
        MIGRATING("migrating", "the schema is being migrated"),
        READY("ready", "the schema is ready"),
        /** By its scripts; a database that went away is waited for again. */
        FAILED("migration_failed", "the schema could not be migrated"),
        /** By hand; only by hand it becomes ready again, or by the next start. */
        REVERTED("reverted", "the schema was reverted");

        private final String code;
        private final String description;

        Phase(String code, String description) {
            this.code = code;
            this.description = description;
        }

        /** A stable word for documents. */
        public String code() {
            return code;
        }

        /** The phase in words that everybody may read. */
        public String description() {
            return description;
        }
    }

    static SchemaState of(Phase phase) {
        return because(phase, null);
    }

    static SchemaState because(Phase phase, @Nullable String failure) {
        return new SchemaState(phase, Instant.now(), failure);
    }

    /** Tells whether use cases can work with the schema. */
    public boolean ready() {
        return phase == Phase.READY;
    }
}
