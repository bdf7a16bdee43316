package dev.basalt.contract;

import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendProvider;
import dev.basalt.ports.Migrator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * A kind of database that tests run on. An adapter gives one for each way in which it is used (a SQLite file, a SQLite
 * database in memory, …), and publishes it for {@link ServiceLoader} so that suites over all of them find it.
 * Implementations have a public constructor without parameters, and print as the kind's name.
 */
public interface TestDatabase {

    /** The provider under test. */
    BackendProvider provider();

    /** Makes an empty database that nothing else uses, and that goes by itself when the tests end. */
    DatabaseUrl create();

    /** Tells whether the data is still there after everything has been closed and is opened again. */
    boolean durable();

    /** Runs one statement in the transaction that runs on this thread; returns the number of affected rows. */
    int execute(Backend backend, String sql);

    /** Runs one query in the transaction that runs on this thread; integers come as {@link Long}. */
    List<List<@Nullable Object>> query(Backend backend, String sql);

    /** All that the schema consists of, one line for each thing, in an order that depends on nothing else. Not its rows. */
    List<String> schemaDump(Backend backend);

    /** The backend's migrator with the scripts of another folder, which is on the class path; without a slash at either end. */
    Migrator migrator(Backend backend, String folder);

    /** A statement after which the running transaction refuses to write, with the code of a database that is read-only. */
    String refuseWrites();

    /** How a caller comes to such state of its session; empty where there is no such thing. */
    Optional<SessionState.Change> change(SessionState state);

    /** Every kind that the class path has; at least one. */
    static List<TestDatabase> installed() {
        List<TestDatabase> found = ServiceLoader.load(TestDatabase.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        if (found.isEmpty()) {
            throw new IllegalStateException("no TestDatabase on the class path: the suite would test nothing");
        }
        return found;
    }
}
