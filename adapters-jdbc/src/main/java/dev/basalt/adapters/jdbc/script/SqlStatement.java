package dev.basalt.adapters.jdbc.script;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One statement of a script. Immutable.
 *
 * @param text from its first token to its last, without the semicolon
 * @param words the keywords and unquoted names in it, in their order and in upper case
 */
public record SqlStatement(String text, List<String> words) {

    private static final int EXCERPT = 300;
    private static final Set<String> ENDING_OR_BEGINNING = Set.of("BEGIN", "START", "COMMIT", "END", "ABORT");
    private static final Set<String> NOISE = Set.of("WORK", "TRANSACTION");

    public SqlStatement {
        words = words.stream().map(word -> word.toUpperCase(Locale.ROOT)).toList();
    }

    /**
     * Tells whether it ends the running transaction or begins another. Savepoints do neither. What a function does when it is
     * called cannot be seen here.
     */
    public boolean controlsTransaction() {
        return switch (word(0)) {
            case "ROLLBACK" -> !word(NOISE.contains(word(1)) ? 2 : 1).equals("TO");
            case "PREPARE" -> word(1).equals("TRANSACTION");
            default -> ENDING_OR_BEGINNING.contains(word(0));
        };
    }

    /** The statement in one line, and not in full if it is long: for messages. */
    public String excerpt() {
        return excerpt(text);
    }

    /** Puts a statement into one line, and cuts it if it is long. */
    public static String excerpt(String statement) {
        String line = statement.strip().replaceAll("\\s+", " ");
        return line.length() <= EXCERPT ? line : line.substring(0, EXCERPT) + " …";
    }

    /** The word at this place, from 0; empty where there is none. */
    public String word(int index) {
        return index < words.size() ? words.get(index) : "";
    }
}
