package dev.basalt.adapters.postgres;

import dev.basalt.adapters.jdbc.JdbcBackend;
import dev.basalt.adapters.jdbc.transaction.JdbcSession;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.domain.settings.Secret;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;

/** A database that one test has for itself, with the backends opened on it, and the superuser's way around them. */
final class OwnDatabase implements AutoCloseable {

    private final PostgresServer server = PostgresServer.get();
    private final String name = server.createDatabase();
    private final Deque<Backend> opened = new ArrayDeque<>();

    String name() {
        return name;
    }

    PostgresServer server() {
        return server;
    }

    /** The superuser's URL of it. */
    String url() {
        return server.url(name);
    }

    /** A URL of it for a role. */
    String url(String role) {
        return "postgresql://%s:%s@%s:%d/%s".formatted(role, role, server.host(), server.port(), name);
    }

    /** The options that say where it is, for a role. */
    Map<String, String> parts(String role) {
        var parts = new HashMap<String, String>();
        parts.put("host", server.host());
        parts.put("port", Integer.toString(server.port()));
        parts.put("name", name);
        parts.put("user", role);
        return parts;
    }

    Backend open(PoolSettings limits) {
        return open(url(), limits);
    }

    Backend open(String url, PoolSettings limits) {
        return open(url, limits, BackendListener.NONE);
    }

    Backend open(String url, PoolSettings limits, BackendListener listener) {
        return open(new DatabaseSettings("primary", new DatabaseUrl(url), limits), listener);
    }

    /** Opens a backend from options alone. */
    Backend open(Map<String, String> options, Map<String, Secret> secrets, PoolSettings limits) {
        DatabaseUrl url = new PostgresBackendProvider().urlOf(options).orElseThrow();
        return open(new DatabaseSettings("primary", url, limits).with(options, secrets), BackendListener.NONE);
    }

    Backend open(DatabaseSettings settings, BackendListener listener) {
        Backend backend = new PostgresBackendProvider().open(settings, listener);
        opened.push(backend);
        return backend;
    }

    /** Runs statements as the superuser, beside the backends, each in a transaction of its own. */
    void execute(String... statements) {
        server.execute(name, statements);
    }

    /** Makes a role that may log in, whose name is its password, and returns its name. */
    String createRole() {
        String role = "role_" + UUID.randomUUID().toString().replace("-", "");
        execute("CREATE ROLE %1$s LOGIN PASSWORD '%1$s'".formatted(role));
        return role;
    }

    /** Connects as the superuser, beside the backends. */
    Connection connect() throws SQLException {
        return server.connect(name);
    }

    /** Ends a server process, and returns when it is gone. */
    void terminate(long process) {
        execute("SELECT pg_terminate_backend(" + process + ")");
        Awaitility.await()
                .until(() -> single("SELECT count(*) FROM pg_stat_activity WHERE pid = " + process)
                        .equals("0"));
    }

    /** Asks for one value as the superuser, beside the backends. */
    String single(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    static JdbcSession session(Backend backend) {
        return backend.unwrap(JdbcBackend.class).orElseThrow().session();
    }

    /** Asks for one value in a transaction of its own. */
    static String value(Backend backend, TransactionOptions options, String sql) {
        return backend.transactions().inTransaction(options, transaction -> valueHere(backend, sql));
    }

    /** Asks for one value in the running transaction. */
    static String valueHere(Backend backend, String sql) {
        return session(backend).query(sql, row -> row.getString(1)).getFirst();
    }

    /** The server process behind the running transaction. */
    static long processHere(Backend backend) {
        return Long.parseLong(valueHere(backend, "SELECT pg_backend_pid()"));
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }
}
