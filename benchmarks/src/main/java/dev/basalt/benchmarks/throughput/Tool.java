package dev.basalt.benchmarks.throughput;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program of the system that puts load on something, and says in the end what it saw. */
final class Tool {

    private Tool() {}

    /** Tells whether the program can be run here. */
    static boolean isInstalled(String name) {
        try {
            return new ProcessBuilder("sh", "-c", "command -v " + name)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs it to its end, and returns what it wrote. */
    static String run(Map<String, String> environment, List<String> command) {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command.getFirst() + " has failed: " + output.strip());
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The number that the pattern's one group finds in the output. */
    static double number(String output, Pattern pattern) {
        Matcher found = pattern.matcher(output);
        if (!found.find()) {
            throw new IllegalStateException("no " + pattern + " in: " + output.strip());
        }
        return Double.parseDouble(found.group(1));
    }
}
