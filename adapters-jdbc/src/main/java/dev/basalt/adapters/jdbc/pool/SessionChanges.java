package dev.basalt.adapters.jdbc.pool;

import dev.basalt.adapters.jdbc.dialect.Dialect;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Knows of statements whether they change what outlasts a transaction; of those seen before, at once. Thread-safe. */
final class SessionChanges {

    /** A service has some hundreds of statements; longer ones are those of people, and come once. */
    private static final int MOST_KNOWN = 1000;

    private static final int LONGEST_KNOWN = 4000;

    private final Dialect dialect;
    private final Map<String, Boolean> known = new ConcurrentHashMap<>();

    SessionChanges(Dialect dialect) {
        this.dialect = dialect;
    }

    boolean isOne(String sql) {
        Boolean answer = known.get(sql);
        if (answer == null) {
            answer = dialect.changesSession(sql);
            remember(sql, answer);
        }
        return answer;
    }

    private void remember(String sql, boolean answer) {
        if (sql.length() > LONGEST_KNOWN) {
            return;
        }
        if (known.size() >= MOST_KNOWN) {
            // What is used all the time is soon known again.
            known.clear();
        }
        known.put(sql, answer);
    }
}
