package dev.basalt.app.backends;

import dev.basalt.domain.migration.Migration;
import dev.basalt.domain.migration.MigrationFailed;
import dev.basalt.domain.migration.MigrationState;
import dev.basalt.domain.migration.RevertRefused;
import dev.basalt.ports.Migrator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Scripts that run on nothing: V1 and V2, both with an undo script; and what the test has go wrong. Thread-safe. */
public final class FakeMigrator implements Migrator {

    private static final List<String> VERSIONS = List.of("1", "2");

    private final AtomicInteger attempts = new AtomicInteger();
    private volatile int applied;
    private volatile @Nullable RuntimeException failure;

    /** What goes wrong with every migration from now on; {@code null} for nothing. */
    public void fails(@Nullable RuntimeException failure) {
        this.failure = failure;
    }

    /** A script at fault. */
    public static MigrationFailed broken() {
        return new MigrationFailed("pool 'primary': V1__broken.sql:\nsyntax error", new IllegalStateException());
    }

    /** How often it was asked to migrate. */
    public int attempts() {
        return attempts.get();
    }

    @Override
    public synchronized List<Migration> migrate() {
        attempts.incrementAndGet();
        RuntimeException wrong = failure;
        if (wrong != null) {
            throw wrong;
        }
        int before = applied;
        applied = VERSIONS.size();
        return migrations().subList(before, applied);
    }

    @Override
    public List<Migration> migrations() {
        var migrations = new ArrayList<Migration>();
        for (int i = 0; i < VERSIONS.size(); i++) {
            migrations.add(script(VERSIONS.get(i), i < applied ? MigrationState.APPLIED : MigrationState.PENDING));
        }
        return migrations;
    }

    private static Migration script(String version, MigrationState state) {
        return new Migration(version, "step", "sql", state, "V" + version + "__step.sql", 7, null, null, null, true);
    }

    @Override
    public List<String> validate() {
        return pending().stream().map(script -> script.script() + ": pending").toList();
    }

    @Override
    public List<String> repair(boolean dryRun) {
        return List.of("V1__step.sql: took over its checksum");
    }

    @Override
    public synchronized Migration baseline(String version, String description, boolean dryRun) {
        if (applied > 0) {
            throw new MigrationFailed("pool 'primary': there is a history", new IllegalStateException());
        }
        return new Migration(
                version, description, "baseline", MigrationState.APPLIED, description, null, null, null, null, false);
    }

    @Override
    public synchronized Migration revert(boolean dryRun) {
        if (applied == 0) {
            throw new RevertRefused("pool 'primary': nothing is applied");
        }
        Migration last = migrations().get(applied - 1);
        if (!dryRun) {
            applied--;
        }
        return last;
    }
}
