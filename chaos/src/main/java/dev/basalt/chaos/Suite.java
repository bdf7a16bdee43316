package dev.basalt.chaos;

import dev.basalt.chaos.application.Program;
import dev.basalt.chaos.database.PostgresDatabase;
import dev.basalt.chaos.fault.Fault;
import dev.basalt.chaos.fault.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Tries faults one after another. */
final class Suite {

    private final Program program;
    private final Options options;

    Suite(Program program, Options options) {
        this.program = program;
        this.options = options;
    }

    /** The faults that were asked for and whose backends are installed. */
    List<Fault> faults() {
        return Faults.all().stream()
                .filter(options::covers)
                .filter(fault -> program.has(fault.backend().adapter()))
                .map(fault -> options.seconds() == 0 ? fault : fault.lasting(options.seconds()))
                .map(fault -> options.unhurried() ? fault.unhurried() : fault)
                .toList();
    }

    /** Tries them all, as often as was asked for, and tells of each as soon as it is over. */
    List<Result> run(Consumer<Result> listener) throws IOException, InterruptedException {
        Files.createDirectories(options.folder());
        var results = new ArrayList<Result>();
        for (int round = 1; round <= options.rounds(); round++) {
            for (Fault fault : faults()) {
                Path folder = options.folder()
                        .resolve("%d-%s-%s"
                                .formatted(round, fault.backend().name().toLowerCase(Locale.ROOT), fault.name()));
                Result result = tryOne(fault, folder);
                results.add(result);
                listener.accept(result);
            }
        }
        return results;
    }

    private Result tryOne(Fault fault, Path folder) throws InterruptedException {
        if (fault.setting().smallDisk() && !PostgresDatabase.hasSmallDisks(options.folder())) {
            return failed(fault, folder, "this system gives no disk that can be filled (it takes user name spaces)");
        }
        try {
            return new Trial(fault, program, folder, options.folder().resolve("postgresql")).run();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return failed(fault, folder, "the trial broke off: " + e);
        }
    }

    private static Result failed(Fault fault, Path folder, String reason) {
        return new Result(fault, null, new Result.Counts(0, 0, 0), List.of(reason), folder.toString());
    }
}
