package dev.basalt.adapters.postgres;

import dev.basalt.adapters.jdbc.connection.Connector;
import dev.basalt.adapters.jdbc.migration.MigrationLock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/**
 * An advisory lock of a session of its own: it goes with the session, also when the process dies. Flyway's own covers only
 * what Flyway does.
 *
 * <p>PostgreSQL keeps advisory locks apart by database, and those of two numbers apart from those of one, which Flyway
 * takes. So the two constants lock a database, whichever of its schemas changes.
 */
final class PostgresMigrationLock implements MigrationLock {

    /** "BSLT" and "MIGR". */
    static final String KEY = 0x42534C54 + ", " + 0x4D494752;

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Connector connector;

    /** Makes a lock; the connector's statements have no limit that would end an idle session. */
    PostgresMigrationLock(Connector connector) {
        this.connector = connector;
    }

    /**
     * Asks again and again: a statement that waits for the lock holds a snapshot, CREATE INDEX CONCURRENTLY waits for every
     * older snapshot, and so the one with the lock would wait for the others.
     */
    @Override
    public Held hold() throws SQLException {
        Connection session = connector.connect();
        boolean ours = false;
        try {
            outlastIdleness(session);
            Instant end = Instant.now().plus(PATIENCE);
            while (!tryLock(session)) {
                if (Instant.now().isAfter(end)) {
                    throw new SQLException("another migration had the lock for " + PATIENCE, "55P03");
                }
                pause();
            }
            ours = true;
            return session::close;
        } finally {
            if (!ours) {
                session.close();
            }
        }
    }

    /** A server that ends idle sessions would end the lock in the middle of a long migration. */
    private static void outlastIdleness(Connection session) throws SQLException {
        try (var statement = session.createStatement()) {
            statement.execute("SET idle_session_timeout = 0");
        }
    }

    private static boolean tryLock(Connection session) throws SQLException {
        try (var statement = session.createStatement();
                var row = statement.executeQuery("SELECT pg_try_advisory_lock(" + KEY + ")")) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static void pause() throws SQLException {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while waiting to migrate", "08000", e);
        }
    }
}
