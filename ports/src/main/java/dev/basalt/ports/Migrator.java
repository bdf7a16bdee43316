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

    /**
     * Makes the history fit the scripts again: forgets scripts that failed, takes over what was edited since, and marks
     * as gone what is no longer among the scripts. Runs no script.
     *
     * @param dryRun whether to say only what would be done
     * @return what was done, or would be, each naming the script; empty if nothing was to be done
     */
    List<String> repair(boolean dryRun);

    /**
     * Begins a history on a schema that has none but its tables: scripts up to this version count as applied and never run.
     *
     * @param dryRun whether to say only what would be done
     * @return the entry that the history begins with, or would
     * @throws dev.basalt.domain.migration.MigrationFailed if there is a history already, or the version or the
     *     description is none
     */
    Migration baseline(String version, String description, boolean dryRun);

    /**
     * Runs the undo script of the versioned script that ran last, and removes that one from the history, in one transaction.
     * With the last entry the history itself goes, and the schema is as it was before the first script.
     *
     * @param dryRun whether to say only which one it would be
     * @return the script that was undone, or would be, as it stood before
     * @throws dev.basalt.domain.migration.RevertRefused if nothing is applied but a baseline, the script that ran last failed,
     *     there is no undo script, or it ends or begins transactions of its own
     * @throws dev.basalt.domain.migration.MigrationFailed if the undo script fails; it leaves nothing behind
     */
    Migration revert(boolean dryRun);
}
