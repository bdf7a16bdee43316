package dev.basalt.adapters.sqlite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/**
 * A disk that takes no more of any file: the system lets this process write nothing behind a file's first byte, which holds
 * for its superuser, too. What is read, and what is sent through pipes and sockets, is not concerned.
 */
final class FullDisk implements AutoCloseable {

    /** Fills the disk. */
    FullDisk() {
        limit("1");
    }

    /** Makes room again. */
    @Override
    public void close() {
        limit("unlimited");
    }

    private static void limit(String bytes) {
        String process = Long.toString(ProcessHandle.current().pid());
        try {
            Process program = new ProcessBuilder("prlimit", "--pid", process, "--fsize=" + bytes + ":unlimited")
                    .inheritIO()
                    .start();
            if (!program.waitFor(30, TimeUnit.SECONDS) || program.exitValue() != 0) {
                program.destroyForcibly();
                throw new IllegalStateException("the size of files could not be limited to " + bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
