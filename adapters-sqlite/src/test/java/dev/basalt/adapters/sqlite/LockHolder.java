package dev.basalt.adapters.sqlite;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.sqlite.SQLiteConfig;

/** Another process that has the write lock of a database until it is told to let go. */
final class LockHolder implements AutoCloseable {

    private final Process process;

    private LockHolder(Process process) {
        this.process = process;
    }

    /** Starts the process, and returns when it has the lock. */
    static LockHolder start(Path database) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        SqliteLocation.uri(database))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var holder = new LockHolder(process);
        String answer =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (!"locked".equals(answer)) {
            holder.close();
            throw new IOException("the other process could not lock '" + database + "': " + answer);
        }
        return holder;
    }

    /** Has the process commit and end. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Locks the database until the input ends. */
    @SuppressWarnings("SystemOut") // the answer to the process that started this one
    public static void main(String[] arguments) throws Exception {
        try (var connection = SqliteConnection.open(arguments[0], new SQLiteConfig())) {
            connection.begin("BEGIN IMMEDIATE");
            System.out.println("locked");
            while (System.in.read() >= 0) {
                // Nothing is sent but the end.
            }
            connection.commitTransaction();
        }
    }
}
