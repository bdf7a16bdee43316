package dev.basalt.app.http;

/** Foreign text made fit for messages and logs: short, on one line, and without characters that cannot be shown. */
public final class Quoted {

    private static final int LONGEST_VALUE = 60;
    private static final int LONGEST_MESSAGE = 500;

    private Quoted() {}

    /** The value in single quotes, cut to {@value #LONGEST_VALUE} characters. */
    public static String of(String value) {
        return "'" + shown(value, LONGEST_VALUE) + "'";
    }

    /** The text as it is but for its length and what cannot be shown. */
    static String plain(String text) {
        return shown(text, LONGEST_MESSAGE);
    }

    private static String shown(String text, int longest) {
        var shown = new StringBuilder();
        text.codePoints().limit(longest).forEach(character -> {
            if (isClean(character)) {
                shown.appendCodePoint(character);
            } else {
                shown.append("\\u").append("%04x".formatted(character));
            }
        });
        return text.codePointCount(0, text.length()) > longest
                ? shown.append('…').toString()
                : shown.toString();
    }

    /** Tells whether a character can be stored and shown: no control character, no half of a surrogate pair. */
    static boolean isClean(int codePoint) {
        int type = Character.getType(codePoint);
        return type != Character.CONTROL
                && type != Character.SURROGATE
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
    }
}
