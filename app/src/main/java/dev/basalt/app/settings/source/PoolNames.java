package dev.basalt.app.settings.source;

import dev.basalt.app.settings.catalogue.Setting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The names of the pools beside the primary one. In files and arguments they stand between dots. A variable alone does not
 * tell where the name ends: {@code DATABASE_POOLS_A_MIGRATION_USER} is the migration user of {@code a} or the user of
 * {@code a-migration}, unless one of them is known from elsewhere.
 */
public final class PoolNames {

    private static final Pattern PROPERTY = Pattern.compile("database\\.pools\\.([^.]*)(?:\\..*)?");
    private static final String VARIABLE = "DATABASE_POOLS_";

    private final NavigableSet<String> names = new TreeSet<>();
    private final List<String> faults = new ArrayList<>();

    /**
     * Finds them.
     *
     * @param settings what a named pool may have, by the primary pool's names
     */
    public PoolNames(Sources sources, Collection<Setting> settings) {
        var variables = new TreeMap<String, String>();
        for (Source source : sources.ofUsers()) {
            source.entries().forEach((name, entry) -> {
                if (source.origin().hasVariables()) {
                    if (name.startsWith(VARIABLE)) {
                        variables.put(
                                name.substring(VARIABLE.length()),
                                source.origin().label());
                    }
                } else {
                    var property = PROPERTY.matcher(name);
                    if (property.matches()) {
                        names.add(property.group(1));
                    }
                }
            });
        }
        addVariables(variables, settings);
    }

    /** The names, in lower case. */
    public NavigableSet<String> names() {
        return names;
    }

    /** Variables that may belong to either of two pools. */
    public List<String> faults() {
        return faults;
    }

    private void addVariables(Map<String, String> variables, Collection<Setting> settings) {
        var unclear = new TreeMap<String, NavigableSet<String>>();
        variables.keySet().forEach(variable -> {
            NavigableSet<String> meant = settings.stream()
                    .map(setting -> "_" + suffix(setting))
                    .filter(suffix -> variable.endsWith(suffix) && variable.length() > suffix.length())
                    .map(suffix -> name(variable.substring(0, variable.length() - suffix.length())))
                    .collect(Collectors.toCollection(TreeSet::new));
            if (meant.size() == 1) {
                names.add(meant.first());
            } else if (!meant.isEmpty()) {
                unclear.put(variable, meant);
            }
        });
        unclear.forEach((variable, meant) -> {
            if (meant.stream().filter(names::contains).count() != 1) {
                faults.add("%s%s is unclear: it may be a setting of pool %s. Name the pool in a configuration file"
                        .formatted(
                                VARIABLE,
                                variable,
                                meant.stream().map(name -> "'" + name + "'").collect(Collectors.joining(" or "))));
            }
        });
    }

    /** The name that files give to the pool, or else the variable's in lower case with hyphens. */
    private String name(String variable) {
        return names.stream()
                .filter(name -> name.toUpperCase(Locale.ROOT).replace('-', '_').equals(variable))
                .findFirst()
                .orElse(variable.toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private static String suffix(Setting setting) {
        return setting.inPool("x").variable().substring((VARIABLE + "X_").length());
    }
}
