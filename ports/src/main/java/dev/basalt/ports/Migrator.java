package dev.basalt.ports;

import dev.basalt.domain.migration.Migration;
import dev.basalt.domain.migration.MigrationState;
import java.util.List;

/**
 * Brings a schema to the state that its scripts describe. Works on a connection of its own, outside the pool.
 *
 * <p>Thread-safe, also across processes: of several that migrate one database at once, one works and the others wait.
 * An unreachable database fails with the {@link dev.basalt.domain.failure.DatabaseFailure} that says so.
 */
public interface Migrator {

    /**
     * Runs the pending scripts, in the order of their versions, each in a transaction.
     *
     * @return the scripts that ran now; empty if nothing was pending
     * @throws dev.basalt.domain.migration.MigrationFailed if a script fails (it leaves nothing behind, those before it
     *     stay) or if one that has run was edited since
     */
    List<Migration> migrate();

    /** All scripts and where they stand, in the order of their versions. Changes nothing. */
    List<Migration> migrations();

    /** The scripts that {@link #migrate()} would run, in that order. Changes nothing. */
    default List<Migration> pending() {
        return migrations().stream()
                .filter(migration -> migration.state() == MigrationState.PENDING)
                .toList();
    }

    /**
     * Compares what has run with the scripts. Changes nothing.
     *
     * @return what does not fit, each naming the script: edited, missing, failed or pending; empty if all is well
     */
    List<String> validate();
}
