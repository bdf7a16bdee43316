package dev.basalt.chaos.application;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is run.
 *
 * @param jar the packaged application; its libraries are in {@code lib} beside it
 * @param extra classes that are added to it, none if empty
 * @param options options of its JVM
 */
public record Program(Path jar, List<Path> extra, List<String> options) {

    private static final String MAIN = "dev.basalt.launcher.Launcher";

    public Program {
        if (!Files.isRegularFile(jar)) {
            throw new IllegalArgumentException(jar + " is not there: package the application first");
        }
        extra = List.copyOf(extra);
        options = List.copyOf(options);
    }

    /** The application as it is. */
    public static Program of(Path jar) {
        return new Program(jar, List.of(), List.of());
    }

    /** Tells whether an adapter came with it. */
    public boolean has(String adapter) {
        try (Stream<Path> libraries = Files.list(jar.resolveSibling("lib"))) {
            return libraries.anyMatch(
                    library -> library.getFileName().toString().startsWith("basalt-" + adapter));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command that starts it on the JDK that this program runs on; it ends with this program. */
    List<String> command(int port) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-Dbasalt.stop-with-parent=true",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(options);
        if (extra.isEmpty()) {
            command.addAll(List.of("-jar", jar.toString()));
        } else {
            String path = String.join(
                    File.pathSeparator,
                    Stream.concat(Stream.of(jar), extra.stream())
                            .map(Path::toString)
                            .toList());
            command.addAll(List.of("-cp", path, MAIN));
        }
        command.add("-micronaut.server.port=" + port);
        return command;
    }
}
