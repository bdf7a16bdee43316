package dev.basalt.chaos;

import dev.basalt.chaos.application.Program;
import dev.basalt.chaos.database.Folders;
import dev.basalt.chaos.fault.Fault;
import dev.basalt.chaos.fault.Faults;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Tries the faults that are asked for, and ends with exit code 1 if the application did not stand one of them. */
public final class Chaos {

    private Chaos() {}

    public static void main(String[] arguments) throws Exception {
        if (Arrays.asList(arguments).contains("--list")) {
            Faults.all().forEach(Chaos::describe);
            return;
        }
        Path folder =
                Path.of(System.getProperty("basalt.folder", "target/chaos")).toAbsolutePath();
        Options options;
        Program program;
        try {
            options = Options.parse(folder, arguments);
            program = Program.of(Path.of(System.getProperty("basalt.jar", "../app/target/basalt.jar"))
                    .toAbsolutePath()
                    .normalize());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        Folders.delete(folder);
        var suite = new Suite(program, options);
        if (suite.faults().isEmpty()) {
            System.err.println(
                    "no fault is left to try: none of these is in the short form, or on an installed backend that was asked for");
            System.exit(2);
        }
        List<Result> results = suite.run(Chaos::tell);
        String report = Report.of(results);
        Files.writeString(folder.resolveSibling("chaos.md"), report);
        System.out.println();
        System.out.println(report);
        System.exit(results.stream().allMatch(Result::passed) ? 0 : 1);
    }

    private static void tell(Result result) {
        System.out.print(Report.row(result));
        result.findings().forEach(finding -> System.out.println("  * " + finding));
    }

    private static void describe(Fault fault) {
        System.out.printf(
                "%-22s %-11s %s%n", fault.name(), fault.backend().name().toLowerCase(Locale.ROOT), fault.what());
    }
}
