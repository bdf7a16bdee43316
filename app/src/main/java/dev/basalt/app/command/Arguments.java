package dev.basalt.app.command;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The arguments, sorted into those that are settings ({@code -database.url=…}) and those that are for the commands. A setting
 * may stand before or behind the command that it is for.
 *
 * @param settings as they were written
 * @param others the rest, in their order
 */
public record Arguments(List<String> settings, List<String> others) {

    /** A property has a dot in its name, which no option of a command has. */
    private static final Pattern SETTING =
            Pattern.compile("--?[A-Za-z][A-Za-z0-9_-]*(\\.[A-Za-z0-9_\\[\\]-]+)+(=.*)?", Pattern.DOTALL);

    public Arguments {
        settings = List.copyOf(settings);
        others = List.copyOf(others);
    }

    /** Tells whether they ask for the server. */
    public boolean serve() {
        return others.isEmpty() || others.equals(List.of("serve"));
    }

    /** Sorts them. */
    public static Arguments of(String... arguments) {
        var settings = new ArrayList<String>();
        var others = new ArrayList<String>();
        for (String argument : arguments) {
            (SETTING.matcher(argument).matches() ? settings : others).add(argument);
        }
        return new Arguments(settings, others);
    }
}
