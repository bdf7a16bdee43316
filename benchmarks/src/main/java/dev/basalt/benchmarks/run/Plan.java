package dev.basalt.benchmarks.run;

import dev.basalt.chaos.application.Program;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How the measurements are made.
 *
 * @param program the packaged application
 * @param folder where databases and scripts are kept meanwhile
 * @param time how long each measurement takes
 */
public record Plan(Program program, Path folder, Duration time) {

    /** How long things run before they are measured, so that they are compiled. */
    public Duration warmUp() {
        return time.multipliedBy(2);
    }

    /** Where PostgreSQL's programs are unpacked. */
    public Path programs() {
        return folder.resolve("programs");
    }
}
