package dev.basalt.adapters.jdbc.migration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where an adapter's scripts are on the class path, and beside them the scripts that undo them: what
 * {@code migrations/V1__create_accounts.sql} does, {@code migrations-undo/U1__create_accounts.sql} undoes. The undo scripts
 * have a folder of their own because Flyway refuses names that it does not know.
 *
 * @param path without a slash at either end
 */
record ScriptFolder(String path) {

    static final ClassLoader LOADER = ScriptFolder.class.getClassLoader();

    /** The name of the script that undoes this one; empty if there is none. */
    Optional<String> undoOf(String script) {
        return Optional.of(undoName(script))
                .filter(name -> script.startsWith("V") && LOADER.getResource(undoPath(name)) != null);
    }

    /** The name that a script's undo script has to have. */
    static String undoName(String script) {
        return script.isEmpty() ? "" : "U" + script.substring(1);
    }

    /** The text of an undo script. */
    String undoText(String name) {
        try (InputStream stream = LOADER.getResourceAsStream(undoPath(name))) {
            if (stream == null) {
                throw new IOException("'" + undoPath(name) + "' is not on the class path");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String undoPath(String name) {
        return path + "-undo/" + name;
    }
}
