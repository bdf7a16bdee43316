package dev.basalt.adapters.sqlite;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The byte of a database file that says which versions of SQLite may write to it: with a higher one than it knows, SQLite
 * takes the file as read-only (https://www.sqlite.org/fileformat2.html, 1.3.3). Changed by another process, because a
 * file that this one closes loses SQLite's locks.
 */
final class WriteVersion {

    private static final int WAL = 2;
    private static final int UNKNOWN = 3;
    private static final int OFFSET = 18;

    private WriteVersion() {}

    /** Makes the database read-only. */
    static void forbid(Path database) throws IOException, InterruptedException {
        set(database, UNKNOWN);
    }

    /** Makes it one that may be written to. */
    static void allow(Path database) throws IOException, InterruptedException {
        set(database, WAL);
    }

    private static void set(Path database, int version) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        WriteVersion.class.getName(),
                        database.toString(),
                        Integer.toString(version))
                .inheritIO()
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("'" + database + "' could not be changed");
        }
    }

    /** Sets the byte of the file. */
    public static void main(String[] arguments) throws IOException {
        try (var file = new RandomAccessFile(arguments[0], "rw")) {
            file.seek(OFFSET);
            file.writeByte(Integer.parseInt(arguments[1]));
        }
    }
}
