package dev.basalt.app.access.users;

/**
 * Somebody who may call with a password.
 *
 * @param name 1 to {@value #MAX_NAME} characters without control characters
 */
public record User(String name, Role role, PasswordHash password) {

    /** The longest name, in characters. */
    public static final int MAX_NAME = 100;

    /** What a name may be, for messages. */
    static final String ALLOWED = "1 to " + MAX_NAME + " characters without control characters";

    public User {
        if (!isName(name)) {
            throw new IllegalArgumentException("a name is " + ALLOWED);
        }
    }

    /** Tells whether somebody may be called this. */
    public static boolean isName(String name) {
        return !name.isBlank() && name.length() <= MAX_NAME && name.codePoints().noneMatch(User::isUnfit);
    }

    /** What could end a line of the log, or cannot be encoded. */
    private static boolean isUnfit(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
