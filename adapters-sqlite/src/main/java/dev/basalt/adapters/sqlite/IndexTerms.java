package dev.basalt.adapters.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The terms of a {@code CREATE INDEX}, which SQLite keeps as text only: its catalogue gives no name to a term that is an
 * expression.
 */
final class IndexTerms {

    private static final Pattern DIRECTION = Pattern.compile("\\s+(ASC|DESC)$", Pattern.CASE_INSENSITIVE);

    private final String definition;
    private final List<String> terms = new ArrayList<>();
    private int depth;
    private int start;

    private IndexTerms(String definition) {
        this.definition = definition;
    }

    /** Reads the terms in their order. The first parentheses hold them, as no name stands in parentheses before. */
    static List<String> of(String definition) {
        var reader = new IndexTerms(definition);
        int at = 0;
        do {
            at = reader.read(at);
        } while (at < definition.length() && (reader.depth > 0 || reader.terms.isEmpty()));
        return List.copyOf(reader.terms);
    }

    /** Reads the character at this place, or the quoted text or comment that begins there; returns the place behind. */
    private int read(int at) {
        switch (definition.charAt(at)) {
            case '\'', '"', '`' -> {
                return behind(definition.substring(at, at + 1), at + 1);
            }
            case '[' -> {
                return behind("]", at + 1);
            }
            case '-' -> {
                return definition.startsWith("--", at) ? behind("\n", at + 2) : at + 1;
            }
            case '/' -> {
                return definition.startsWith("/*", at) ? behind("*/", at + 2) : at + 1;
            }
            case '(' -> {
                if (depth++ == 0) {
                    start = at + 1;
                }
            }
            case ')' -> {
                if (--depth == 0) {
                    end(at);
                }
            }
            case ',' -> {
                if (depth == 1) {
                    end(at);
                }
            }
            default -> {}
        }
        return at + 1;
    }

    /** A doubled quote is read as the end of one text and the begin of the next. */
    private int behind(String delimiter, int from) {
        int end = definition.indexOf(delimiter, from);
        return end < 0 ? definition.length() : end + delimiter.length();
    }

    private void end(int at) {
        terms.add(DIRECTION.matcher(definition.substring(start, at).strip()).replaceFirst(""));
        start = at + 1;
    }
}
