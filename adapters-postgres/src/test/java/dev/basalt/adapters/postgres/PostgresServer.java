package dev.basalt.adapters.postgres;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.UUID;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The server that the tests of one JVM share: in a container where Docker answers, otherwise out of a library. It starts
 * when it is first needed and goes down with the JVM, even with one that is killed.
 *
 * @param host where it listens
 * @param port where it listens
 * @param password its superuser's, who is called {@value #SUPERUSER}; every role needs a password to connect
 */
record PostgresServer(String host, int port, String password) {

    static final String SUPERUSER = "postgres";

    private static final String IMAGE = "postgres:18-alpine";
    private static final String MAX_CONNECTIONS = "300";

    private static final class Holder {
        private static final PostgresServer SERVER = start();
    }

    /** The server, started if it is not yet. */
    static PostgresServer get() {
        return Holder.SERVER;
    }

    /** Makes an empty database, and returns its name. */
    String createDatabase() {
        String name = "basalt_" + UUID.randomUUID().toString().replace("-", "");
        execute("postgres", "CREATE DATABASE " + name);
        return name;
    }

    /** The URL of a database for the superuser. */
    String url(String database) {
        return "postgresql://%s:%s@%s:%d/%s".formatted(SUPERUSER, password, host, port, database);
    }

    /** Connects as the superuser, beside every pool. */
    Connection connect(String database) throws SQLException {
        return connect(host, port, database, password);
    }

    /** Runs statements as the superuser, each in a transaction of its own. */
    void execute(String database, String... statements) {
        try (var connection = connect(database);
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PostgresServer start() {
        // Without Docker, Testcontainers would log an error for each place where it has looked.
        if (LoggerFactory.getLogger("org.testcontainers") instanceof Logger logger) {
            logger.setLevel(Level.OFF);
        }
        String password = UUID.randomUUID().toString();
        return DockerClientFactory.instance().isDockerAvailable() ? startContainer(password) : startEmbedded(password);
    }

    @SuppressWarnings("resource") // Testcontainers removes it when the JVM is gone
    private static PostgresServer startContainer(String password) {
        var container = new PostgreSQLContainer(DockerImageName.parse(IMAGE))
                .withUsername(SUPERUSER)
                .withPassword(password)
                .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=" + MAX_CONNECTIONS);
        container.start();
        return new PostgresServer(
                container.getHost(), container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT), password);
    }

    @SuppressWarnings("resource") // stopped by a shutdown hook of the library's
    private static PostgresServer startEmbedded(String password) {
        try {
            var embedded = EmbeddedPostgres.builder()
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("max_connections", MAX_CONNECTIONS)
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .start();
            Path data = requirePassword(embedded.getPort(), password);
            stopWhenThisProcessIsGone(data);
            return new PostgresServer("127.0.0.1", embedded.getPort(), password);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The library's server trusts everybody: from here on it asks for passwords. Returns its data directory. */
    private static Path requirePassword(int port, String password) throws SQLException, IOException {
        try (var connection = connect("127.0.0.1", port, "postgres", password);
                var statement = connection.createStatement()) {
            statement.execute("ALTER ROLE " + SUPERUSER + " PASSWORD '" + password + "'");
            Path data;
            try (var row = statement.executeQuery("SHOW data_directory")) {
                row.next();
                data = Path.of(row.getString(1));
            }
            Files.writeString(data.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
            statement.execute("SELECT pg_reload_conf()");
            return data;
        }
    }

    /** A killed JVM runs no shutdown hook, but it does close the pipe that this shell reads from. */
    private static void stopWhenThisProcessIsGone(Path data) throws IOException {
        if (File.separatorChar == '/') {
            new ProcessBuilder("sh", "-c", "cat >/dev/null; kill -INT $(head -1 \"$0\")", data + "/postmaster.pid")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        }
    }

    private static Connection connect(String host, int port, String database, String password) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", SUPERUSER);
        properties.setProperty("password", password);
        return DriverManager.getConnection("jdbc:postgresql://%s:%d/%s".formatted(host, port, database), properties);
    }
}
