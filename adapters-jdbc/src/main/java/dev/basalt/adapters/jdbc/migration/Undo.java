package dev.basalt.adapters.jdbc.migration;

import dev.basalt.adapters.jdbc.script.SqlScript;
import dev.basalt.adapters.jdbc.script.SqlStatement;
import dev.basalt.adapters.jdbc.script.SyntaxFeature;
import dev.basalt.domain.migration.Migration;
import dev.basalt.domain.migration.RevertRefused;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/**
 * The next step back.
 *
 * @param reverted the script that is undone, as it stands before
 * @param rank its place in the history
 * @param script the name of the undo script
 * @param statements what the undo script does
 */
record Undo(Migration reverted, int rank, String script, List<SqlStatement> statements) {

    /** Finds what ran last and what undoes it; refuses what cannot be undone as a whole. Runs nothing. */
    static Undo next(String pool, Listing listing, Set<SyntaxFeature> syntax) {
        String prefix = "pool '" + pool + "': ";
        MigrationInfo last = listing.infos().stream()
                .filter(info -> info.isVersioned() && info.isApplied() && info.getState() != MigrationState.DELETED)
                .max(Comparator.comparing(MigrationInfo::getInstalledRank))
                .orElseThrow(() -> new RevertRefused(prefix + "nothing is applied that could be reverted"));
        if (last.getState() == MigrationState.BASELINE) {
            throw new RevertRefused(prefix + "the history begins with the baseline at version " + last.getVersion()
                    + "; what is below it has no way back");
        }
        if (last.getState().isFailed()) {
            throw new RevertRefused(prefix + last.getScript()
                    + " failed and may have left a part of its work; see to that and repair, then revert");
        }
        String script = listing.scripts()
                .undoOf(last.getScript())
                .orElseThrow(() -> new RevertRefused("%s%s has no undo script; it would be named %s"
                        .formatted(prefix, last.getScript(), ScriptFolder.undoName(last.getScript()))));
        List<SqlStatement> statements =
                SqlScript.of(listing.scripts().undoText(script), syntax).statements();
        statements.stream()
                .filter(SqlStatement::controlsTransaction)
                .findFirst()
                .ifPresent(statement -> {
                    throw new RevertRefused(
                            "%s%s runs in one transaction with the history, and may not end or begin any: %s"
                                    .formatted(prefix, script, statement.excerpt()));
                });
        return new Undo(listing.migration(last), last.getInstalledRank(), script, statements);
    }
}
