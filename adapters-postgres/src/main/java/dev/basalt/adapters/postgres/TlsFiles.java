package dev.basalt.adapters.postgres;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiConsumer;
import org.postgresql.PGProperty;

/**
 * The files of certificates and keys, which have to be there before the first connection asks for them.
 *
 * <p>Source: the PostgreSQL 18 manual, sections 32.19.1 and 32.19.2, and the driver's {@code LibPQFactory}.
 */
final class TlsFiles {

    private static final Path FOLDER = Path.of(System.getProperty("user.home"), ".postgresql");

    private final Map<PGProperty, String> parameters;
    private final BiConsumer<PGProperty, String> faults;

    /**
     * The files that the properties name.
     *
     * @param faults is told a property and what is wrong with it
     */
    TlsFiles(Map<PGProperty, String> parameters, BiConsumer<PGProperty, String> faults) {
        this.parameters = parameters;
        this.faults = faults;
    }

    /**
     * The mode to connect with. A root certificate means that the server is to be verified: with {@code require}, libpq does
     * so and the driver does not.
     */
    String mode() {
        String mode = parameters.getOrDefault(PGProperty.SSL_MODE, PostgresOptions.DEFAULT_SSL_MODE);
        return mode.equals("require") && parameters.containsKey(PGProperty.SSL_ROOT_CERT) ? "verify-ca" : mode;
    }

    void check() {
        checkReadable(PGProperty.SSL_ROOT_CERT);
        checkReadable(PGProperty.SSL_CERT);
        checkReadable(PGProperty.SSL_KEY);
        String mode = mode();
        if (mode.startsWith("verify-")) {
            requireBeside(PGProperty.SSL_MODE, "is " + mode, PGProperty.SSL_ROOT_CERT, "root.crt");
        }
        if (parameters.containsKey(PGProperty.SSL_CERT)) {
            requireBeside(PGProperty.SSL_CERT, "is set", PGProperty.SSL_KEY, "postgresql.pk8");
        }
        String keyFile = parameters.getOrDefault(PGProperty.SSL_KEY, ".p12");
        if (!keyFile.endsWith(".p12") && !keyFile.endsWith(".pfx")) {
            requireBeside(PGProperty.SSL_KEY, "is set", PGProperty.SSL_CERT, "postgresql.crt");
        }
    }

    private void checkReadable(PGProperty property) {
        String path = parameters.get(property);
        if (path != null && !isReadable(path)) {
            faults.accept(property, "is '" + path + "': there is no such file, or it cannot be read");
        }
    }

    private void requireBeside(PGProperty property, String state, PGProperty needed, String fallback) {
        Path file = FOLDER.resolve(fallback);
        if (!parameters.containsKey(needed) && !Files.isReadable(file)) {
            faults.accept(
                    property,
                    "%s: %s has to be set as well, because there is no '%s'".formatted(state, named(needed), file));
        }
    }

    private static String named(PGProperty property) {
        return switch (property) {
            case SSL_ROOT_CERT -> PostgresOptions.SSL_ROOT_CERT;
            case SSL_CERT -> PostgresOptions.SSL_CERT;
            default -> PostgresOptions.SSL_KEY;
        };
    }

    private static boolean isReadable(String path) {
        try {
            Path file = Path.of(path);
            return Files.isRegularFile(file) && Files.isReadable(file);
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
