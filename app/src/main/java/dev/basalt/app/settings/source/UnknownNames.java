package dev.basalt.app.settings.source;

import dev.basalt.app.settings.catalogue.Setting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** Finds what looks like a setting and is none, most likely for a slip of the pen. */
public final class UnknownNames {

    private static final List<String> OURS = List.of("database.", "db.", "access.", "http.");
    private static final List<String> OUR_VARIABLES = List.of("DATABASE_", "DB_", "ACCESS_", "HTTP_");

    private final NavigableSet<String> properties = new TreeSet<>();
    private final NavigableSet<String> variables = new TreeSet<>();

    /** @param known every setting of every pool, and those with a secret's file */
    public UnknownNames(Collection<Setting> known) {
        known.forEach(setting -> {
            properties.add(setting.property());
            variables.addAll(setting.variables());
        });
    }

    /** The unknown names of files, arguments and system properties: each is a fault. */
    public List<String> faults(Sources sources) {
        var faults = new ArrayList<String>();
        for (Source source : sources.ofUsers()) {
            if (!source.origin().hasVariables()) {
                source.entries().forEach((name, entry) -> {
                    if (isOurs(name, source.origin()) && !properties.contains(name)) {
                        faults.add(new Given(entry.name(), false, "", source.origin()).shown()
                                + " is no setting; the nearest is " + nearest(name, properties));
                    }
                });
            }
        }
        return faults;
    }

    /** Variables that are nearly a setting's. A platform has variables of its own, so these are hints only. */
    public List<String> hints(Sources sources) {
        return sources.ofUsers().stream()
                .filter(source -> source.origin().hasVariables())
                .flatMap(source -> source.entries().keySet().stream())
                .filter(name -> OUR_VARIABLES.stream().anyMatch(name::startsWith) && !variables.contains(name))
                .flatMap(name -> Optional.of(nearest(name, variables)).filter(near -> isNear(name, near)).stream()
                        .map(near -> name + " is no setting; perhaps " + near + " is meant"))
                .toList();
    }

    private boolean isOurs(String name, Origin origin) {
        // The system properties http.… are Java's own, such as http.proxyHost.
        boolean javas = origin.kind() == Origin.Kind.SYSTEM_PROPERTY && name.startsWith("http.");
        return javas ? isNear(name, nearest(name, properties)) : OURS.stream().anyMatch(name::startsWith);
    }

    private static boolean isNear(String name, String other) {
        return distance(name, other) <= 2;
    }

    private static String nearest(String name, NavigableSet<String> known) {
        // Whoever writes db. in a file has the variable's name in mind.
        String meant = name.replaceFirst("^db\\.", "database.");
        return known.stream()
                .min(Comparator.comparingInt(candidate -> distance(meant, candidate)))
                .orElseThrow();
    }

    /** The letters to change, insert and take out on the way from one word to the other (Levenshtein). */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
