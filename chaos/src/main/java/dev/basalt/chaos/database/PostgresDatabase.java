package dev.basalt.chaos.database;

import dev.basalt.chaos.proxy.FaultProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A database on a PostgreSQL server of its own, which the application reaches through a network that can be broken. */
public final class PostgresDatabase implements Database {

    public static final String NAME = "ledger";
    public static final String ROLE = "basalt";

    private static final String STUCK = """
            SELECT pid, state, left(regexp_replace(query, '\\s+', ' ', 'g'), 60)
              FROM pg_stat_activity
             WHERE usename = 'basalt'
               AND (state LIKE 'idle in transaction%' OR state = 'active' AND query_start < now() - interval '5 s')
            """;

    private final PostgresServer server;
    private final FaultProxy network;
    private final Path folder;
    private final Path passwordFile;
    private final List<String> secrets = new ArrayList<>();
    private boolean direct;

    private PostgresDatabase(PostgresServer server, Path folder) {
        this.server = server;
        this.network = new FaultProxy(server.port());
        this.folder = folder;
        this.passwordFile = folder.resolve("password");
    }

    /** Makes one, empty, with a role of its own; with a small disk, its tables lie on that. */
    public static PostgresDatabase create(Path programs, Path folder, boolean onSmallDisk) {
        PostgresServer server = PostgresServer.create(programs, folder, onSmallDisk);
        var database = new PostgresDatabase(server, folder);
        server.execute("postgres", "CREATE ROLE " + ROLE + " LOGIN");
        database.writePassword(database.changePassword());
        if (onSmallDisk) {
            server.execute("postgres", "CREATE TABLESPACE small LOCATION '" + server.smallDisk() + "'");
        }
        server.execute(
                "postgres", "CREATE DATABASE " + NAME + " OWNER " + ROLE + (onSmallDisk ? " TABLESPACE small" : ""));
        return database;
    }

    /** Tells whether there can be small disks on this system. */
    public static boolean hasSmallDisks(Path folder) {
        return Commands.hasSmallDisks(folder);
    }

    public PostgresServer server() {
        return server;
    }

    public FaultProxy network() {
        return network;
    }

    /** Gives the role a new password, cuts its sessions, and returns the password; the application is not told. */
    public String changePassword() {
        String password = UUID.randomUUID().toString();
        secrets.add(password);
        server.execute("postgres", "ALTER ROLE " + ROLE + " PASSWORD '" + password + "'");
        terminateSessions();
        return password;
    }

    /** Writes the password into the file that the application reads it from. */
    public void writePassword(String password) {
        try {
            Files.writeString(passwordFile, password);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Cuts every session of the application, from the server's side. */
    public void terminateSessions() {
        server.execute(
                "postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + ROLE + "'");
    }

    /** Fills the small disk to the last byte. */
    public void fillDisk() {
        Filler.fill(server.smallDiskFromOutside());
    }

    /** Makes room on it again. */
    public void freeDisk() {
        Filler.remove(server.smallDiskFromOutside());
    }

    /** Has the application connect to the server itself: nothing can be broken on the way, and nothing costs time. */
    public void bypassNetwork() {
        direct = true;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "DATABASE_URL",
                "postgresql://%s@127.0.0.1:%d/%s?sslmode=disable"
                        .formatted(ROLE, direct ? server.port() : network.port(), NAME),
                "DB_PASSWORD_FILE",
                passwordFile.toString());
    }

    @Override
    public List<String> launch(List<String> program) {
        return program;
    }

    @Override
    public Connection connect() throws SQLException {
        return server.connect(NAME);
    }

    @Override
    public boolean isVisible() {
        return true;
    }

    @Override
    public void awaitUsable() {
        server.awaitReady();
    }

    @Override
    public Optional<List<Long>> connects() {
        return Optional.of(network.connects());
    }

    @Override
    public List<String> leftovers() {
        var found = new ArrayList<String>();
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(STUCK)) {
            while (rows.next()) {
                found.add("session %d is %s: %s".formatted(rows.getInt(1), rows.getString(2), rows.getString(3)));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return found;
    }

    @Override
    public List<String> secrets() {
        return List.copyOf(secrets);
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public void close() {
        network.close();
        server.close();
    }
}
