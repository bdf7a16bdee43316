package dev.basalt.app.settings.source;

/**
 * A setting's value in one source.
 *
 * @param name the name that it is given by, as it is written there
 * @param canonical whether that is the setting's own property or variable, and no alias
 * @param value the value as it is written there, which may be secret
 */
public record Given(String name, boolean canonical, String value, Origin origin) {

    /** The name for a message, with the place where that helps. */
    public String shown() {
        return switch (origin.kind()) {
            case DOTENV, FILE -> name + " in " + origin.label();
            default -> name;
        };
    }

    /** The source, with the name where it is a variable's. */
    public String source() {
        return origin.hasVariables() ? origin.label() + " " + name : origin.label();
    }
}
