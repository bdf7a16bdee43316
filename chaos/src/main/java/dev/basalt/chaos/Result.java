package dev.basalt.chaos;

import dev.basalt.chaos.fault.Fault;
import dev.basalt.chaos.judge.Measures;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one trial.
 *
 * @param fault what was tried
 * @param measures the figures, or {@code null} if it did not get that far
 * @param counts of orders
 * @param findings what was wrong, nothing if it was passed
 * @param folder where the logs are
 */
record Result(Fault fault, @Nullable Measures measures, Counts counts, List<String> findings, String folder) {

    boolean passed() {
        return findings.isEmpty();
    }

    /**
     * How many orders there were.
     *
     * @param acknowledged that were carried out
     * @param inDoubt of which nobody knew at first whether they were
     * @param askedAgain that were sent once more under their keys
     */
    record Counts(int acknowledged, int inDoubt, int askedAgain) {}
}
