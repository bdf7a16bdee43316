package dev.basalt.app.lifecycle;

import dev.basalt.app.lifecycle.SchemaState.Phase;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.migration.Migration;
import dev.basalt.domain.migration.MigrationFailed;
import dev.basalt.ports.Backend;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the schema of one pool up to date as soon as its database can be used, and knows where it stands. Thread-safe.
 *
 * <p>What fails because the database went away is tried again when it is back, and so is what fails by its scripts: then
 * somebody may have mended the database, while trying sooner would only repeat the failure.
 */
final class SchemaKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(SchemaKeeper.class);

    /** The longest that it leaves a database alone that can be used but not migrated, such as by a wrong password. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Backend backend;
    private final boolean migrating;
    private final Duration interval;
    /** Has a permit when the verdict on the database has changed. */
    private final Semaphore changed = new Semaphore(0);
    /** Changed by synchronized methods alone, which work on the schema one at a time. */
    private volatile SchemaState state = SchemaState.of(Phase.WAITING);

    private volatile boolean stopping;
    private @Nullable Thread thread;

    /**
     * Knows of nothing yet.
     *
     * @param migrating whether scripts are to run; otherwise the schema is taken as it is
     * @param interval how often to look whether the database can be used, if nothing wakes it before
     */
    SchemaKeeper(Backend backend, boolean migrating, Duration interval) {
        this.backend = backend;
        this.migrating = migrating;
        this.interval = interval;
    }

    SchemaState state() {
        return state;
    }

    void start() {
        thread = Thread.ofVirtual().name("basalt-" + pool() + "-schema").start(this::keep);
    }

    /** Has it look again at once. */
    void wake() {
        changed.release();
    }

    /** Begins nothing more, and waits for what is under way; what has not ended by then is interrupted. */
    void stop(Duration grace) throws InterruptedException {
        stopping = true;
        wake();
        Thread running = thread;
        if (running != null && !running.join(grace)) {
            LOG.warn("pool '{}': the service stops while the schema is being migrated", pool());
            running.interrupt();
        }
    }

    /** Runs the pending scripts now. A schema that was ready stays so whatever comes of it: a failure leaves nothing behind. */
    synchronized List<Migration> migrate() {
        SchemaState before = state;
        try {
            if (!before.ready()) {
                state = SchemaState.of(Phase.MIGRATING);
            }
            List<Migration> ran = backend.migrator().migrate();
            state = SchemaState.of(Phase.READY);
            report(ran);
            return ran;
        } catch (DatabaseFailure e) {
            // The database went away, or cannot be entered: of the scripts nothing is known.
            state = before.ready() ? before : SchemaState.because(before.phase(), e.getMessage());
            throw e;
        } catch (RuntimeException e) {
            state = before.ready() ? before : SchemaState.because(Phase.FAILED, e.getMessage());
            throw e;
        }
    }

    /** Undoes the last script; from then on the schema is not ready. */
    synchronized Migration revert() {
        Migration reverted = backend.migrator().revert(false);
        state = SchemaState.of(Phase.REVERTED);
        LOG.warn(
                "pool '{}': {} was reverted; until it is migrated again, the schema is not ready",
                pool(),
                reverted.script());
        return reverted;
    }

    private void keep() {
        try {
            Duration pause = interval;
            while (!stopping) {
                awaitUsable();
                attempt();
                switch (state.phase()) {
                    case READY, REVERTED -> {
                        return;
                    }
                    case FAILED -> {
                        awaitGone();
                        pause = interval;
                    }
                    case WAITING, MIGRATING -> {
                        var _ = changed.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
                        pause = longer(pause);
                    }
                }
            }
        } catch (InterruptedException e) {
            // The service stops, and nobody waits for this thread any more.
            Thread.currentThread().interrupt();
        }
    }

    private void awaitUsable() throws InterruptedException {
        while (!stopping && !settled() && !backend.health().heartbeat().usable()) {
            var _ = changed.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void awaitGone() throws InterruptedException {
        while (!stopping && !settled() && backend.health().heartbeat().usable()) {
            var _ = changed.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** By hand it may have been migrated or reverted meanwhile. */
    private boolean settled() {
        return state.phase() == Phase.READY || state.phase() == Phase.REVERTED;
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }

    /** Does not throw: what came of it is in the state, and in the log once. */
    private void attempt() {
        if (stopping || settled()) {
            return;
        }
        String before = state.failure();
        try {
            if (migrating) {
                migrate();
            } else {
                takeAsItIs();
            }
        } catch (MigrationFailed e) {
            LOG.error("the schema cannot be migrated: {}", e.getMessage());
        } catch (DatabaseFailure e) {
            if (!String.valueOf(e.getMessage()).equals(before)) {
                LOG.warn("the schema cannot be migrated yet: {}", e.getMessage());
            }
        } catch (RuntimeException e) {
            LOG.error("pool '{}': the schema cannot be migrated", pool(), e);
        }
    }

    private synchronized void takeAsItIs() {
        try {
            List<String> pending =
                    backend.migrator().pending().stream().map(Migration::script).toList();
            if (!pending.isEmpty()) {
                LOG.warn("pool '{}': migrations are pending: {}", pool(), String.join(", ", pending));
            }
            state = SchemaState.of(Phase.READY);
        } catch (DatabaseFailure e) {
            state = SchemaState.because(Phase.WAITING, e.getMessage());
            throw e;
        } catch (RuntimeException e) {
            state = SchemaState.because(Phase.FAILED, e.getMessage());
            throw e;
        }
    }

    private void report(List<Migration> ran) {
        if (ran.isEmpty()) {
            LOG.info("pool '{}' ({}): the schema is up to date", pool(), backend.product());
        } else {
            LOG.info(
                    "pool '{}' ({}): migrated by {}",
                    pool(),
                    backend.product(),
                    String.join(", ", ran.stream().map(Migration::script).toList()));
        }
    }

    private String pool() {
        return backend.pool().name();
    }
}
