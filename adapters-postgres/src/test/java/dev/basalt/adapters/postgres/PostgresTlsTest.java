package dev.basalt.adapters.postgres;

import static dev.basalt.adapters.postgres.OwnDatabase.value;
import static dev.basalt.domain.transaction.TransactionOptions.READ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.basalt.contract.Limits;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Encrypted connections, and servers that show the wrong certificate. The server has one for the name localhost. */
@Timeout(120)
final class PostgresTlsTest {

    private static final String ENCRYPTED = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    private static final char[] STORE_PASSWORD = "changeit".toCharArray();

    @TempDir
    private static Path folder;

    private static Path root = Path.of("");
    private static Path otherRoot = Path.of("");

    private final OwnDatabase database = new OwnDatabase();

    @BeforeAll
    static void have_the_server_encrypt() throws Exception {
        root = folder.resolve("root.crt");
        KeyStore store = keyStore("server");
        Files.writeString(
                root, pem("CERTIFICATE", store.getCertificate("server").getEncoded()));
        otherRoot = folder.resolve("other.crt");
        Certificate other = keyStore("other").getCertificate("other");
        Files.writeString(otherRoot, pem("CERTIFICATE", other.getEncoded()));

        Key key = store.getKey("server", STORE_PASSWORD);
        writeOnServer("server.crt", Files.readString(root));
        writeOnServer("server.key", pem("PRIVATE KEY", key.getEncoded()));
        setSsl("on");
    }

    @AfterAll
    static void have_the_server_not_encrypt() {
        setSsl("off");
    }

    @AfterEach
    void close_the_backends() {
        database.close();
    }

    @ParameterizedTest
    @CsvSource({"disable, f", "allow, f", "prefer, t", "require, t"})
    void connections_are_encrypted_as_the_mode_says(String mode, String encrypted) {
        Backend backend = open("localhost", Map.of("ssl-mode", mode));

        assertThat(value(backend, READ, ENCRYPTED)).isEqualTo(encrypted);
    }

    @Test
    void without_a_mode_encryption_is_preferred() {
        assertThat(value(open("localhost", Map.of()), READ, ENCRYPTED)).isEqualTo("t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"require", "verify-ca", "verify-full"})
    void a_server_with_the_right_certificate_is_trusted(String mode) {
        Backend backend = open("localhost", Map.of("ssl-mode", mode, "ssl-root-cert", root.toString()));

        assertThat(value(backend, READ, ENCRYPTED)).isEqualTo("t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"require", "verify-ca", "verify-full"})
    void a_server_with_a_certificate_that_nobody_vouches_for_is_not_trusted(String mode) {
        Backend backend = open("localhost", Map.of("ssl-mode", mode, "ssl-root-cert", otherRoot.toString()));

        assertThatExceptionOfType(DatabaseFailure.class).isThrownBy(() -> value(backend, READ, ENCRYPTED));
        assertThat(backend.pool().stats().roles().getFirst().created()).isZero();
    }

    @Test
    void a_server_of_another_name_is_trusted_unless_the_name_is_verified() {
        var options = new HashMap<>(Map.of("ssl-mode", "verify-ca", "ssl-root-cert", root.toString()));
        assertThat(value(open("127.0.0.1", options), READ, ENCRYPTED)).isEqualTo("t");

        options.put("ssl-mode", "verify-full");
        Backend backend = open("127.0.0.1", options);

        assertThatExceptionOfType(DatabaseFailure.class).isThrownBy(() -> value(backend, READ, ENCRYPTED));
    }

    private Backend open(String host, Map<String, String> options) {
        var url = new DatabaseUrl(database.url().replace("@" + database.server().host() + ":", "@" + host + ":"));
        var settings = new DatabaseSettings("primary", url, Limits.connections(1, Duration.ofSeconds(5)))
                .with(options, Map.of());
        return database.open(settings, BackendListener.NONE);
    }

    private static KeyStore keyStore(String alias) throws IOException, GeneralSecurityException, InterruptedException {
        Path file = folder.resolve(alias + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "RSA",
                        "-alias",
                        alias,
                        "-dname",
                        "CN=" + alias,
                        "-ext",
                        "SAN=dns:localhost",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(STORE_PASSWORD))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        return KeyStore.getInstance(file.toFile(), STORE_PASSWORD);
    }

    private static String pem(String type, byte[] content) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, base64);
    }

    /** The server itself writes the file, wherever it runs. */
    private static void writeOnServer(String name, String content) throws SQLException {
        String path = single("SHOW data_directory") + "/" + name;
        PostgresServer.get()
                .execute(
                        "postgres",
                        "COPY (SELECT unnest(string_to_array('%s', E'\\n'))) TO PROGRAM 'umask 077; cat > \"%s\"'"
                                .formatted(content.strip(), path));
    }

    private static void setSsl(String value) {
        PostgresServer.get().execute("postgres", "ALTER SYSTEM SET ssl = " + value, "SELECT pg_reload_conf()");
        await().until(() -> single("SHOW ssl").equals(value));
    }

    private static String single(String sql) throws SQLException {
        try (var connection = PostgresServer.get().connect("postgres");
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
