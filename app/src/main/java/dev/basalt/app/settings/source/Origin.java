package dev.basalt.app.settings.source;

/**
 * Where a value was given.
 *
 * @param kind what sort of place it is
 * @param label what messages call it
 */
public record Origin(Kind kind, String label) {

    /** The places, the one that wins first. */
    public enum Kind {
        ARGUMENT,
        SYSTEM_PROPERTY,
        ENVIRONMENT,
        DOTENV,
        FILE,
        PROFILE,
        DEFAULT
    }

    public static final Origin DEFAULT = new Origin(Kind.DEFAULT, "default");

    /** Whether a user gave it; what Basalt ships gives way to that without a word. */
    public boolean isUser() {
        return kind != Kind.PROFILE && kind != Kind.DEFAULT;
    }

    /** Whether names are written as in the environment. */
    boolean hasVariables() {
        return kind == Kind.ENVIRONMENT || kind == Kind.DOTENV;
    }
}
