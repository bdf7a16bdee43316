package dev.basalt.adapters.sqlite;

import dev.basalt.domain.settings.DatabaseUrl;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is.
 *
 * @param uri its name for SQLite, a {@code file:} URI
 * @param file its file, or {@code null} if it is in memory
 */
record SqliteLocation(String uri, @Nullable Path file) {

    static final String PLAIN = "sqlite:";
    static final String JDBC = "jdbc:sqlite:";

    private static final String MEMORY = ":memory:";
    private static final String UNRESERVED = "-._~/";

    /**
     * Reads a URL; in memory, each reading is another database.
     *
     * @throws IllegalArgumentException if it cannot be used; the message says why
     */
    static SqliteLocation of(DatabaseUrl place) {
        String url = place.value();
        boolean jdbc = url.startsWith(JDBC);
        String path = url.substring(jdbc ? JDBC.length() : PLAIN.length());
        if (jdbc) {
            refuseWhatTheDriverReadsIntoPaths(path);
        }
        if (path.isBlank()) {
            throw new IllegalArgumentException("it has no path; sqlite:path and sqlite::memory: are allowed");
        }
        return path.equals(MEMORY) ? inMemory() : inFile(path);
    }

    private static SqliteLocation inMemory() {
        return new SqliteLocation("file:/basalt-" + UUID.randomUUID() + "?vfs=memdb", null);
    }

    private static SqliteLocation inFile(String path) {
        Path file;
        try {
            file = Path.of(path).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("its path cannot be one on this system: " + e.getReason(), e);
        }
        Path folder = file.getParent();
        if (folder == null || Files.isDirectory(file)) {
            throw new IllegalArgumentException("'" + file + "' is a folder; the path of a file is needed");
        }
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("the folder '" + folder + "' does not exist");
        }
        return new SqliteLocation(uri(file), file);
    }

    /** The name of a file for SQLite. */
    static String uri(Path file) {
        String slashed =
                file.toAbsolutePath().toString().replace(file.getFileSystem().getSeparator(), "/");
        return "file://" + (slashed.startsWith("/") ? "" : "/") + escaped(slashed);
    }

    /** A JDBC URL promises the driver's syntax; what Basalt does not support of it must not become part of a file name. */
    private static void refuseWhatTheDriverReadsIntoPaths(String path) {
        int query = path.indexOf('?');
        if (query >= 0) {
            List<String> names = Arrays.stream(path.substring(query + 1).split("&", -1))
                    .map(parameter -> parameter.split("=", 2)[0])
                    .toList();
            throw new IllegalArgumentException(
                    "unknown query parameters: %s; none is supported (for a '?' in the file's name, write sqlite:path)"
                            .formatted(names.stream().collect(Collectors.joining("', '", "'", "'"))));
        }
        if (path.startsWith("file:") || (path.startsWith(":") && !path.equals(MEMORY))) {
            throw new IllegalArgumentException("only a path or :memory: is allowed behind " + JDBC);
        }
    }

    /** Escapes all that SQLite, or the driver before it, would take for something else than a part of the name. */
    private static String escaped(String path) {
        var escaped = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
                escaped.append(c);
            } else {
                escaped.append('%').append("%02X".formatted((int) c));
            }
        }
        return escaped.toString();
    }

    /** The URI for connections that do not make the file: one that was removed must not come back empty. */
    String existingUri() {
        return file == null ? uri : uri + "?mode=rw";
    }

    boolean isInMemory() {
        return file == null;
    }

    /** The place as messages name it. */
    @Override
    public String toString() {
        return file == null ? MEMORY : file.toString();
    }
}
