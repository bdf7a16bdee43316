package dev.basalt.adapters.jdbc.script;

import java.util.Locale;
import java.util.Set;

/** Knows which semicolon ends a statement, and which one is a part of it. For one thread. */
final class StatementEnd {

    private final Set<SyntaxFeature> features;
    private int parentheses;
    private int blocks;
    private Head head = Head.START;
    private Tail tail = Tail.OTHER;
    private String previous = "";

    /** How far the statement's beginning tells what it creates. */
    private enum Head {
        START,
        CREATE,
        ROUTINE,
        TRIGGER,
        OTHER
    }

    /** How the statement ends so far. */
    private enum Tail {
        SEMICOLON,
        SEMICOLON_AND_END,
        OTHER
    }

    StatementEnd(Set<SyntaxFeature> features) {
        this.features = features;
    }

    /** Takes the next token; {@code true} if it ends the statement: then what follows is another one. */
    boolean isReachedBy(SqlTokens token, String text) {
        if (token.is(';')) {
            if (isInside()) {
                tail = Tail.SEMICOLON;
                return false;
            }
            parentheses = 0;
            blocks = 0;
            head = Head.START;
            tail = Tail.OTHER;
            return true;
        }
        String word =
                token.isWord() ? text.substring(token.start(), token.end()).toUpperCase(Locale.ROOT) : "";
        if (head == Head.ROUTINE && parentheses == 0) {
            countBlocks(word);
        }
        if (token.is('(')) {
            parentheses++;
        } else if (token.is(')')) {
            parentheses = Math.max(0, parentheses - 1);
        }
        head = head(word);
        previous = word;
        tail = tail == Tail.SEMICOLON && word.equals("END") ? Tail.SEMICOLON_AND_END : Tail.OTHER;
        return false;
    }

    private boolean isInside() {
        return head == Head.TRIGGER ? tail != Tail.SEMICOLON_AND_END : parentheses > 0 || blocks > 0;
    }

    /** CASE ends with an END of its own, but only within a body is there anything to keep apart. */
    private void countBlocks(String word) {
        switch (word) {
            case "ATOMIC" -> blocks += blocks == 0 && previous.equals("BEGIN") ? 1 : 0;
            case "CASE" -> blocks += blocks > 0 ? 1 : 0;
            case "END" -> blocks = Math.max(0, blocks - 1);
            default -> {}
        }
    }

    private Head head(String word) {
        return switch (head) {
            case START -> word.equals("CREATE") ? Head.CREATE : Head.OTHER;
            case CREATE ->
                switch (word) {
                    case "OR", "REPLACE", "TEMP", "TEMPORARY" -> Head.CREATE;
                    case "FUNCTION", "PROCEDURE" ->
                        features.contains(SyntaxFeature.ATOMIC_BODIES) ? Head.ROUTINE : Head.OTHER;
                    case "TRIGGER" -> features.contains(SyntaxFeature.TRIGGER_BODIES) ? Head.TRIGGER : Head.OTHER;
                    default -> Head.OTHER;
                };
            case ROUTINE, TRIGGER, OTHER -> head;
        };
    }
}
