package dev.basalt.adapters.jdbc.script;

/** What a database's scripts may hold beyond the SQL that all have in common. */
public enum SyntaxFeature {
    /** {@code $tag$ … $tag$} is a string in which nothing is special. */
    DOLLAR_QUOTES,
    /** In {@code E'…'}, and in what continues it on further lines, a backslash takes the special meaning from a quote. */
    ESCAPE_STRINGS,
    /** Block comments lie within each other. */
    NESTED_COMMENTS,
    /** A line comment ends at a carriage return as well. */
    CARRIAGE_RETURN_ENDS_LINE,
    /** Names may stand between backticks or square brackets. */
    BACKTICK_AND_BRACKET_NAMES,
    /** A function's body may be a list of statements between {@code BEGIN ATOMIC} and {@code END}. */
    ATOMIC_BODIES,
    /** A trigger's body is a list of statements between {@code BEGIN} and {@code END}. */
    TRIGGER_BODIES
}
