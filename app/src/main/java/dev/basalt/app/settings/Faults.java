package dev.basalt.app.settings;

import dev.basalt.domain.failure.DatabaseFailure.ConfigurationInvalid;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Faults of the configuration, reported all at once, a line each. */
public final class Faults {

    private Faults() {}

    /**
     * Does nothing if there are none.
     *
     * @throws ConfigurationInvalid with all of them
     */
    public static void throwIfAny(List<String> faults) {
        switch (faults.size()) {
            case 0 -> {}
            case 1 -> throw new ConfigurationInvalid(faults.getFirst(), null);
            default ->
                throw new ConfigurationInvalid(
                        faults.size() + " faults in the configuration:\n"
                                + IntStream.range(0, faults.size())
                                        .mapToObj(i -> "(%d) %s".formatted(i + 1, faults.get(i)))
                                        .collect(Collectors.joining("\n")),
                        null);
        }
    }
}
