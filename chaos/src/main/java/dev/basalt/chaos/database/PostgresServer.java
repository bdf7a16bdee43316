package dev.basalt.chaos.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server with a cluster of its own, as durable as in production: {@code fsync} and
 * {@code synchronous_commit} are on, and every role needs a password. Its port stays the same when it is started anew. It
 * goes down with this JVM, even with one that is killed. Not thread-safe.
 */
public final class PostgresServer implements AutoCloseable {

    static final String SUPERUSER = "postgres";

    private static final Duration START = Duration.ofSeconds(60);
    private static final int SMALL_DISK_MIB = 64;

    private final Binaries binaries;
    private final Path folder;
    private final boolean onSmallDisk;
    private final int port = Ports.free();
    private final String password = UUID.randomUUID().toString();
    private @Nullable Process postmaster;
    private @Nullable Process guard;

    private PostgresServer(Binaries binaries, Path folder, boolean onSmallDisk) {
        this.binaries = binaries;
        this.folder = folder;
        this.onSmallDisk = onSmallDisk;
    }

    /**
     * Makes a cluster below the folder, and starts its server.
     *
     * @param programs where PostgreSQL's programs are, or are to be unpacked
     * @param onSmallDisk whether {@link #smallDisk} is a disk of its own, which is lost when the server ends
     */
    static PostgresServer create(Path programs, Path folder, boolean onSmallDisk) {
        var server = new PostgresServer(Binaries.in(programs), folder, onSmallDisk);
        server.initialize();
        server.start();
        server.awaitReady();
        return server;
    }

    public int port() {
        return port;
    }

    /** A folder that the server sees as a disk of 64 MiB, if it was created so. */
    Path smallDisk() {
        return folder.resolve("disk");
    }

    /** The small disk as the rest of the system reaches it. */
    Path smallDiskFromOutside() {
        return Path.of("/proc/" + running().pid() + "/root" + smallDisk());
    }

    /** Starts it; it may take a while until it answers. */
    public void start() {
        List<String> program = List.of(binaries.program("postgres"), "-D", data().toString());
        List<String> command = onSmallDisk
                ? Commands.onSmallDisk(smallDisk(), SMALL_DISK_MIB, withoutRoot(program))
                : Commands.unprivileged(program);
        try {
            postmaster = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("server.log").toFile()))
                    .start();
            guard();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it takes connections, and answers. */
    public void awaitReady() {
        if (!Waiting.until(START, this::answers)) {
            throw new IllegalStateException("the server does not start, see " + folder.resolve("server.log"));
        }
    }

    /** Ends it as an immediate stop does: without a checkpoint, so that the next start recovers. */
    public void stopImmediately() {
        Commands.signal("QUIT", List.of(running().pid()));
        running().onExit().join();
    }

    /** Kills the server and all its processes, as if the machine had died. */
    public void kill() {
        List<Long> all = processes();
        Commands.signal("KILL", all);
        all.forEach(process ->
                ProcessHandle.of(process).ifPresent(handle -> handle.onExit().join()));
    }

    /** Stops all its processes in their tracks; the system still takes connections for them. */
    public void freeze() {
        Commands.signal("STOP", List.of(running().pid()));
        Commands.signal("STOP", processes());
    }

    /** Lets all its processes go on. */
    public void thaw() {
        Commands.signal("CONT", processes());
    }

    /** Kills one process that serves a client, which makes the server cut all others and recover. */
    public void killOneBackend(String database) {
        String backend = value(
                "postgres",
                "SELECT pid FROM pg_stat_activity WHERE datname = '" + database
                        + "' AND pid <> pg_backend_pid() LIMIT 1");
        Commands.signal("KILL", List.of(Long.parseLong(backend)));
    }

    /** Runs statements as the superuser, each in a transaction of its own. */
    public void execute(String database, String... statements) {
        try (var connection = connect(database);
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of the first row, as the superuser sees it. */
    public String value(String database, String query) {
        try (var connection = connect(database);
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            if (!row.next()) {
                throw new IllegalStateException(query + " has found nothing");
            }
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Connects as the superuser, past every faulty network, and with time-outs, so that nobody waits for ever. */
    public Connection connect(String database) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", SUPERUSER);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", "15");
        properties.setProperty("ApplicationName", "judge");
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database), properties);
    }

    @Override
    public void close() {
        if (postmaster != null && postmaster.isAlive()) {
            thaw();
            stopImmediately();
        }
        if (guard != null) {
            guard.destroy();
        }
        Folders.delete(data());
    }

    private void initialize() {
        try {
            Files.createDirectories(smallDisk());
            Path secret = Files.writeString(folder.resolve("superuser"), password);
            Commands.run(Commands.unprivileged(List.of(
                    binaries.program("initdb"),
                    "--pgdata=" + data(),
                    "--username=" + SUPERUSER,
                    "--pwfile=" + secret,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--no-locale",
                    "--no-sync")));
            Files.delete(secret);
            Files.writeString(data().resolve("postgresql.conf"), """
                    listen_addresses = '127.0.0.1'
                    port = %d
                    unix_socket_directories = ''
                    max_connections = 60
                    shared_buffers = 32MB
                    fsync = on
                    synchronous_commit = on
                    """.formatted(port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean answers() {
        try (var connection = connect("postgres");
                var statement = connection.createStatement()) {
            return statement.execute("SELECT 1");
        } catch (SQLException e) {
            return false;
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Process running() {
        if (postmaster == null) {
            throw new IllegalStateException("the server was not started");
        }
        return postmaster;
    }

    private List<Long> processes() {
        return Stream.concat(Stream.of(running().toHandle()), running().descendants())
                .map(ProcessHandle::pid)
                .toList();
    }

    private static List<String> withoutRoot(List<String> program) {
        var command = new ArrayList<>(List.of("unshare", "-U"));
        command.addAll(program);
        return command;
    }

    /** A killed JVM closes the pipe that this shell reads from. */
    private void guard() throws IOException {
        if (Commands.hasSignals()) {
            if (guard != null) {
                guard.destroy();
            }
            guard = new ProcessBuilder(
                            "sh",
                            "-c",
                            "cat >/dev/null; kill -CONT \"$0\"; kill -QUIT \"$0\"",
                            Long.toString(running().pid()))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        }
    }
}
