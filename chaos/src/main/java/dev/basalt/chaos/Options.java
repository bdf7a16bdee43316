package dev.basalt.chaos;

import dev.basalt.chaos.database.Backend;
import dev.basalt.chaos.fault.Fault;
import dev.basalt.chaos.fault.Faults;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is asked for on the command line.
 *
 * @param faults the names of those to try, each of which some fault has; all if empty
 * @param backends on which
 * @param rounds how often, 1 or more
 * @param seconds how long each fault lasts that is not over at once, or 0 for as long as it says itself
 * @param quick whether only those of the short form are tried
 * @param unhurried whether times are good as long as nothing hangs
 * @param folder where everything is kept
 */
record Options(
        Set<String> faults,
        Set<Backend> backends,
        int rounds,
        int seconds,
        boolean quick,
        boolean unhurried,
        Path folder) {

    static final String USAGE = """
            --faults=name,…          only these; all if not given
            --backend=postgresql     or sqlite; both if not given
            --rounds=3               how often all of them are tried; 1 if not given
            --seconds=5              how long a fault lasts; as long as it says itself if not given
            --quick                  only those of the short form
            --unhurried              any time is good that is no hang, for a machine that is busy with something else
            --list                   tells the faults, and tries none
            """;

    Options {
        if (rounds < 1) {
            throw new IllegalArgumentException("--rounds is " + rounds + ": 1 or more is allowed");
        }
        if (seconds < 0) {
            throw new IllegalArgumentException("--seconds is " + seconds + ": 0 or more is allowed");
        }
        Set<String> known = Faults.all().stream().map(Fault::name).collect(Collectors.toCollection(TreeSet::new));
        for (String name : faults) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "--faults has '%s': %s are allowed".formatted(name, String.join(", ", known)));
            }
        }
        faults = Set.copyOf(faults);
        backends = Set.copyOf(backends);
    }

    static Options parse(Path folder, String... arguments) {
        var options = new Options(Set.of(), EnumSet.allOf(Backend.class), 1, 0, false, false, folder);
        for (String argument : arguments) {
            options = options.with(argument);
        }
        return options;
    }

    boolean covers(Fault fault) {
        return backends.contains(fault.backend())
                && (faults.isEmpty() || faults.contains(fault.name()))
                && (!quick || fault.quick());
    }

    private Options with(String argument) {
        String name = argument.replaceFirst("=.*", "");
        String value = argument.substring(Math.min(argument.length(), name.length() + 1));
        return switch (name) {
            case "--faults" ->
                new Options(
                        new HashSet<>(Arrays.asList(value.split(",", -1))),
                        backends,
                        rounds,
                        seconds,
                        quick,
                        unhurried,
                        folder);
            case "--backend" -> new Options(faults, Set.of(backend(value)), rounds, seconds, quick, unhurried, folder);
            case "--rounds" ->
                new Options(faults, backends, number(argument, value), seconds, quick, unhurried, folder);
            case "--seconds" ->
                new Options(faults, backends, rounds, number(argument, value), quick, unhurried, folder);
            case "--quick" -> new Options(faults, backends, rounds, seconds, true, unhurried, folder);
            case "--unhurried" -> new Options(faults, backends, rounds, seconds, quick, true, folder);
            default -> throw new IllegalArgumentException("%s is no option; there are%n%s".formatted(argument, USAGE));
        };
    }

    private static Backend backend(String value) {
        return Arrays.stream(Backend.values())
                .filter(backend -> backend.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "--backend is '" + value + "': postgresql and sqlite are allowed"));
    }

    private static int number(String argument, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(argument + " has no whole number", e);
        }
    }
}
