package dev.basalt.chaos.database;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs what the operating system brings along. */
final class Commands {

    /** Mounts a file system in memory on a folder, in a name space of its own, and becomes the program that follows. */
    private static final String ON_SMALL_DISK = "mount -t tmpfs -o size=\"$0\" tmpfs \"$1\" && shift && exec \"$@\"";

    private Commands() {}

    /** Runs a program to its end, and fails with all that it said unless that was a good one. */
    static void run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " has failed: " + said.strip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends a signal, such as STOP, to processes; those that are gone already do not matter. */
    static void signal(String name, Collection<Long> processes) {
        var command = new ArrayList<>(List.of("kill", "-" + name));
        processes.forEach(process -> command.add(process.toString()));
        try {
            new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signals and name spaces are needed for most of what is done to processes. */
    static boolean hasSignals() {
        return File.separatorChar == '/';
    }

    /** The command that runs a program without the rights of root, which PostgreSQL insists on. */
    static List<String> unprivileged(List<String> program) {
        if (!"root".equals(System.getProperty("user.name")) || !hasSignals()) {
            return program;
        }
        var command = new ArrayList<>(List.of("unshare", "-U"));
        command.addAll(program);
        return command;
    }

    /** The command that runs a program which has, in a folder, a disk of so many MiB that nobody else sees. */
    static List<String> onSmallDisk(Path folder, int mebibytes, List<String> program) {
        var command = new ArrayList<>(
                List.of("unshare", "-U", "-r", "-m", "sh", "-c", ON_SMALL_DISK, mebibytes + "m", folder.toString()));
        command.addAll(program);
        return command;
    }

    /** Tells whether this user may have such disks here: it takes Linux and user name spaces. */
    static boolean hasSmallDisks(Path folder) {
        try {
            Process process = new ProcessBuilder(onSmallDisk(folder, 1, List.of("true")))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
