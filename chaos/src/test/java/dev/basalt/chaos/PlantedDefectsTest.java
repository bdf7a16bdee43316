package dev.basalt.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.chaos.database.Backend;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A suite that passes an application with a defect is itself wrong. */
@Tag("application")
class PlantedDefectsTest {

    /** A lost answer to COMMIT needs a network between the application and its database; a file is the quickest to try. */
    static Stream<Defect> defects() {
        Backend quickest = installed(Backend.SQLITE) ? Backend.SQLITE : Backend.POSTGRESQL;
        return Stream.of(
                        new Defect("ignored-outcome", Backend.POSTGRESQL, "lost-commits", 14, "nothing was done"),
                        new Defect("dropped-keys", quickest, "control", 2, "are not in the books"),
                        new Defect("leaked-lease", quickest, "control", 2, "still lent out"))
                .filter(defect -> installed(defect.backend()));
    }

    private static boolean installed(Backend backend) {
        return Trials.sound().has(backend.adapter());
    }

    @ParameterizedTest
    @MethodSource("defects")
    void a_planted_defect_is_caught(Defect defect) throws IOException, InterruptedException {
        String backend = defect.backend().name().toLowerCase(Locale.ROOT);

        List<Result> results = Trials.run(
                defect.name() + "-" + backend,
                Trials.withDefect(defect.name()),
                "--faults=" + defect.fault(),
                "--backend=" + backend,
                "--seconds=" + defect.seconds());

        assertThat(results).hasSize(1).noneMatch(Result::passed);
        assertThat(results.getFirst().findings()).anyMatch(found -> found.contains(defect.finding()));
    }

    /**
     * One of them.
     *
     * @param fault under which it shows
     * @param seconds how long; an outcome is looked up for 10 s before anybody is told that it is unknown
     * @param finding what the judge says of it
     */
    record Defect(String name, Backend backend, String fault, int seconds, String finding) {}
}
