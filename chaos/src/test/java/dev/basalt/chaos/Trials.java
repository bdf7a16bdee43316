package dev.basalt.chaos;

import dev.basalt.chaos.application.Program;
import dev.basalt.chaos.database.Folders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Trials as the tests run them, on the packaged application. */
final class Trials {

    private static final Path JAR = Path.of(property("basalt.jar")).normalize();

    private Trials() {}

    static Program sound() {
        return Program.of(JAR);
    }

    /** The application with one of the defects. */
    static Program withDefect(String name) {
        return new Program(JAR, List.of(Path.of(property("basalt.defects"))), List.of("-Dbasalt.defect=" + name));
    }

    /** Tries what the arguments ask for, and keeps what it leaves behind under this name. */
    static List<Result> run(String name, Program program, String... arguments)
            throws IOException, InterruptedException {
        Path folder = Path.of(property("basalt.folder")).resolve(name);
        Folders.delete(folder);
        return new Suite(program, Options.parse(folder, arguments)).run(result -> System.out.print(Report.row(result)));
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException(name + " is not set: the build sets it");
        }
        return value;
    }
}
