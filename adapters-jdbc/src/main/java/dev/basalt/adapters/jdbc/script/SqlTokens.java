package dev.basalt.adapters.jdbc.script;

import java.util.Set;

/**
 * Goes over a script from token to token: a word, a string or quoted name, or any other single character. Space and comments lie
 * between them. Never fails: what is not closed reaches to the end, where the database will complain of it. Takes time
 * proportional to the script's length. For one thread.
 */
final class SqlTokens {

    private final String text;
    private final Set<SyntaxFeature> features;
    private int start;
    private int end;
    private boolean word;

    SqlTokens(String text, Set<SyntaxFeature> features) {
        this.text = text;
        this.features = features;
    }

    /** Moves to the next token; {@code false} where there is none. */
    boolean next() {
        start = afterSpace(end);
        if (start == text.length()) {
            end = start;
            return false;
        }
        char c = text.charAt(start);
        word = isWordStart(c);
        if (word) {
            end = afterWord(start);
            if (end == start + 1 && (c == 'E' || c == 'e') && has(SyntaxFeature.ESCAPE_STRINGS) && at(end) == '\'') {
                word = false;
                end = afterEscapeString(end);
            }
        } else if (isDigit(c)) {
            end = afterNumber(start);
        } else {
            end = afterOther(c);
        }
        return true;
    }

    /** Where the token begins. */
    int start() {
        return start;
    }

    /** Where the token has ended. */
    int end() {
        return end;
    }

    /** Tells whether the token is a name without quotes or a keyword. */
    boolean isWord() {
        return word;
    }

    /** Tells whether the token is this one character. */
    boolean is(char c) {
        return end == start + 1 && text.charAt(start) == c;
    }

    private int afterOther(char c) {
        return switch (c) {
            case '\'', '"' -> afterQuoted(start, c);
            case '`' -> has(SyntaxFeature.BACKTICK_AND_BRACKET_NAMES) ? afterQuoted(start, c) : start + 1;
            case '[' -> has(SyntaxFeature.BACKTICK_AND_BRACKET_NAMES) ? after("]", start + 1) : start + 1;
            case '$' -> has(SyntaxFeature.DOLLAR_QUOTES) ? afterDollar() : start + 1;
            default -> start + 1;
        };
    }

    private int afterSpace(int from) {
        int i = from;
        while (i < text.length()) {
            if (isSpace(text.charAt(i))) {
                i++;
            } else if (text.startsWith("--", i)) {
                i = afterLine(i);
            } else if (text.startsWith("/*", i)) {
                i = afterComment(i);
            } else {
                return i;
            }
        }
        return i;
    }

    private int afterLine(int from) {
        int i = from;
        while (i < text.length() && !endsLine(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private boolean endsLine(char c) {
        return c == '\n' || (c == '\r' && has(SyntaxFeature.CARRIAGE_RETURN_ENDS_LINE));
    }

    private int afterComment(int from) {
        if (!has(SyntaxFeature.NESTED_COMMENTS)) {
            return after("*/", from + 2);
        }
        int depth = 0;
        int i = from;
        while (i < text.length()) {
            if (text.startsWith("/*", i)) {
                depth++;
                i += 2;
            } else if (text.startsWith("*/", i)) {
                depth--;
                i += 2;
                if (depth == 0) {
                    return i;
                }
            } else {
                i++;
            }
        }
        return i;
    }

    /** Twice the quote stands for one within. */
    private int afterQuoted(int from, char quote) {
        int i = from + 1;
        while (i < text.length()) {
            if (text.charAt(i) != quote) {
                i++;
            } else if (at(i + 1) == quote) {
                i += 2;
            } else {
                return i + 1;
            }
        }
        return i;
    }

    private int afterEscapeString(int quote) {
        int i = quote + 1;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\\' || (c == '\'' && at(i + 1) == '\'')) {
                i = Math.min(i + 2, text.length());
            } else if (c == '\'') {
                int continued = continuation(i + 1);
                if (continued < 0) {
                    return i + 1;
                }
                i = continued + 1;
            } else {
                i++;
            }
        }
        return i;
    }

    /** The quote on a later line with which the string before goes on, or -1. */
    private int continuation(int from) {
        boolean newLine = false;
        int i = from;
        while (i < text.length()) {
            if (isSpace(text.charAt(i))) {
                newLine |= endsLine(text.charAt(i));
                i++;
            } else if (text.startsWith("--", i)) {
                i = afterLine(i);
            } else {
                return newLine && text.charAt(i) == '\'' ? i : -1;
            }
        }
        return -1;
    }

    private int afterDollar() {
        int i = start + 1;
        if (isWordStart(at(i))) {
            while (isWordPart(at(i)) && at(i) != '$') {
                i++;
            }
        }
        return at(i) == '$' ? after(text.substring(start, i + 1), i + 1) : start + 1;
    }

    private int after(String closing, int from) {
        int found = text.indexOf(closing, from);
        return found < 0 ? text.length() : found + closing.length();
    }

    private int afterWord(int from) {
        int i = from;
        while (isWordPart(at(i))) {
            i++;
        }
        return i;
    }

    /** Without the dollar, which begins a string even right behind a number. */
    private int afterNumber(int from) {
        int i = from;
        while (at(i) == '.' || (isWordPart(at(i)) && at(i) != '$')) {
            i++;
        }
        return i;
    }

    /** The character there; behind the end, one that has no meaning anywhere. */
    private char at(int index) {
        return index < text.length() ? text.charAt(index) : '\0';
    }

    private boolean has(SyntaxFeature feature) {
        return features.contains(feature);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private static boolean isWordStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    }

    private static boolean isWordPart(char c) {
        return isWordStart(c) || isDigit(c) || c == '$';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
