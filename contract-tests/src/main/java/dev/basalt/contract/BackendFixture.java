package dev.basalt.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendListener;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The database of one test and the backends opened on it, all closed with it. The database is made when the first
 * backend is opened; backends opened later are on the same one. For the test's own thread.
 */
public final class BackendFixture implements AutoCloseable {

    private final TestDatabase database;
    private final String pool;
    private final Deque<Backend> opened = new ArrayDeque<>();
    private @Nullable DatabaseUrl url;

    public BackendFixture(TestDatabase database) {
        this(database, DatabaseSettings.PRIMARY);
    }

    /** A database whose pools have this name. */
    public BackendFixture(TestDatabase database, String pool) {
        this.database = database;
        this.pool = pool;
    }

    /** Opens a backend with the default limits. */
    public Backend open() {
        return open(PoolSettings.DEFAULTS);
    }

    /** Opens a backend with these limits. */
    public Backend open(PoolSettings limits) {
        return open(limits, BackendListener.NONE);
    }

    /** Opens a backend with these limits, and has the listener told what happens in it. */
    public Backend open(PoolSettings limits, BackendListener listener) {
        DatabaseUrl place = url;
        if (place == null) {
            place = database.create();
            url = place;
        }
        var settings = new DatabaseSettings(pool, place, limits);
        Backend backend = database.provider().open(settings, listener);
        opened.push(backend);
        return backend;
    }

    /** Runs statements in one transaction that writes. */
    public void write(Backend backend, String... statements) {
        backend.transactions().inTransaction(TransactionOptions.WRITE, transaction -> {
            int changed = 0;
            for (String statement : statements) {
                changed += database.execute(backend, statement);
            }
            return changed;
        });
    }

    /** Asks for one number, in the transaction that runs on this thread. */
    public long number(Backend backend, String sql) {
        List<List<@Nullable Object>> rows = database.query(backend, sql);
        assertThat(rows).as(sql).hasSize(1);
        assertThat(rows.getFirst()).as(sql).hasSize(1).first().isInstanceOf(Long.class);
        return (Long) rows.getFirst().getFirst();
    }

    /** Asks for one number, in a transaction of its own that reads. */
    public long readNumber(Backend backend, String sql) {
        return backend.transactions().inTransaction(TransactionOptions.READ, transaction -> number(backend, sql));
    }

    /** Closes the backends, the last one first. */
    @Override
    public void close() {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }
}
