package dev.basalt.adapters.postgres;

import static org.awaitility.Awaitility.await;

import dev.basalt.contract.Caller;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A primary and a replica that streams from it, with one database. They are out of a library even where the other tests use
 * a container, and go down with the JVM, even with one that is killed.
 *
 * <p>The library's programs cannot copy a server that runs: the replica begins as a copy of one that was stopped.
 */
final class ReplicatedServers implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";

    /** The stopped server that both are copies of, and where its programs are. */
    private record Template(Path data, Path programs, String password) {

        private static final class Holder {
            private static final Template TEMPLATE = make();
        }

        static Template get() {
            return Holder.TEMPLATE;
        }

        private static Template make() {
            try {
                Path data = temporaryFolder().resolve("template");
                String password = UUID.randomUUID().toString();
                try (var server = EmbeddedPostgres.builder()
                                .setDataDirectory(data)
                                .setCleanDataDirectory(false)
                                .setServerConfig("listen_addresses", LOOPBACK)
                                .setServerConfig("max_connections", "100")
                                .setPGStartupWait(Duration.ofSeconds(60))
                                .start();
                        var connection = server.getPostgresDatabase().getConnection();
                        var statement = connection.createStatement()) {
                    statement.execute("ALTER ROLE " + PostgresServer.SUPERUSER + " PASSWORD '" + password + "'");
                    Path program = Path.of(
                            Files.readString(data.resolve("postmaster.opts")).split(" ", 2)[0]);
                    return new Template(data, program.resolveSibling("pg_ctl"), password);
                } finally {
                    Files.writeString(
                            data.resolve("pg_hba.conf"),
                            "host all,replication all " + LOOPBACK + "/32 scram-sha-256\n");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** One of the two. */
    final class Server {
        private final Path data;
        private final int port;

        private Server(Path data, int port, String... settings) {
            this.data = data;
            this.port = port;
            copy(template.data(), data);
            var lines = new ArrayList<>(List.of(
                    "port = " + port,
                    "listen_addresses = '" + LOOPBACK + "'",
                    "unix_socket_directories = ''",
                    "fsync = off",
                    "wal_receiver_timeout = 5s",
                    "wal_retrieve_retry_interval = 100ms"));
            lines.addAll(List.of(settings));
            append(data.resolve("postgresql.conf"), lines);
        }

        int port() {
            return port;
        }

        /** Starts it, and returns when it can be read. */
        void start() {
            control("start", "-w", "-t", "60", "-l", data.resolve("log").toString());
            stopWhenThisProcessIsGone(data);
        }

        /** Has it end as if it had crashed. */
        void crash() {
            control("stop", "-m", "immediate", "-w");
        }

        /** Makes a replica the primary. */
        void promote() {
            control("promote", "-w");
        }

        /** Connects as the superuser, beside every pool. */
        Connection connect() throws SQLException {
            return server().connect("postgres");
        }

        void execute(String... statements) {
            server().execute("postgres", statements);
        }

        /** As who is near it reaches it. */
        PostgresServer server() {
            return new PostgresServer(LOOPBACK, port, template.password());
        }

        String single(String sql) throws SQLException {
            try (var connection = connect();
                    var statement = connection.createStatement();
                    var row = statement.executeQuery(sql)) {
                row.next();
                return row.getString(1);
            }
        }

        private boolean isRunning() {
            return Files.exists(data.resolve("postmaster.pid"));
        }

        private void control(String... arguments) {
            var command = new ArrayList<String>();
            // The server refuses to run as root, and takes a user of a namespace of its own for another one.
            if ("root".equals(System.getProperty("user.name"))) {
                command.addAll(List.of("unshare", "-U"));
            }
            command.addAll(List.of(template.programs().toString(), "-D", data.toString()));
            command.addAll(List.of(arguments));
            run(command, data.resolve("log"));
        }
    }

    private final Template template = Template.get();
    private final Path folder = temporaryFolder();
    private final Server primary = new Server(folder.resolve("primary"), freePort());
    private final Server replica = new Server(
            folder.resolve("replica"),
            freePort(),
            "primary_conninfo = 'host=%s port=%d user=%s password=%s'"
                    .formatted(LOOPBACK, primary.port(), PostgresServer.SUPERUSER, template.password()));

    /** Starts both, and returns when the replica has what the primary has. */
    ReplicatedServers() {
        append(folder.resolve("replica").resolve("standby.signal"), List.of());
        try {
            primary.start();
            replica.start();
            awaitReplication();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    Server primary() {
        return primary;
    }

    Server replica() {
        return replica;
    }

    /** The URL of both, for the superuser. */
    String url() {
        return url(primary.port(), replica.port());
    }

    /** The same, with other ways, in this order. */
    String url(int port, int nextPort) {
        return "postgresql://%s:%s@%s:%d,%s:%d/postgres"
                .formatted(PostgresServer.SUPERUSER, template.password(), LOOPBACK, port, LOOPBACK, nextPort);
    }

    /** Returns when all that was committed on the primary can be read on the replica. */
    void awaitReplication() {
        await().atMost(Caller.PATIENCE)
                .until(() -> Boolean.parseBoolean(
                        replica.single("SELECT coalesce('%s' <= pg_last_wal_replay_lsn(), false)::text"
                                .formatted(primary.single("SELECT pg_current_wal_lsn()")))));
    }

    @Override
    public void close() {
        Stream.of(replica, primary).filter(Server::isRunning).forEach(Server::crash);
        delete(folder);
    }

    private static void run(List<String> command, Path log) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(log.resolveSibling("pg_ctl.log").toFile())
                    .redirectErrorStream(true)
                    .start();
            if (!process.waitFor(90, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        command + " failed: " + (Files.exists(log) ? Files.readString(log) : "it left no log"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A killed JVM runs no shutdown hook, but it does close the pipe that this shell reads from. */
    private static void stopWhenThisProcessIsGone(Path data) {
        if (File.separatorChar == '/') {
            String end = "pid=$(head -1 \"$0/postmaster.pid\"); cat >/dev/null;"
                    + " ps -o args= -p $pid | grep -qF \"$0\" && kill -QUIT $pid";
            try {
                new ProcessBuilder("sh", "-c", end, data.toString())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporaryFolder() {
        try {
            Path folder = Files.createTempDirectory("basalt-servers-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void append(Path file, List<String> lines) {
        try {
            Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(one -> !one.endsWith("epg-lock")).toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.find(folder, Integer.MAX_VALUE, (Path _, BasicFileAttributes _) -> true)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
