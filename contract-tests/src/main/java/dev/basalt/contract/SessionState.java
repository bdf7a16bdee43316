package dev.basalt.contract;

/**
 * What a caller's SQL may leave on a connection beyond its transaction.
 *
 * <p>Each kind has a statement that makes some of it where a database knows the kind, and that is refused where it does not.
 */
public enum SessionState {
    SETTING("SET ROLE none"),
    ROLE("SET SESSION AUTHORIZATION basalt_left"),
    TEMPORARY_TABLE("CREATE TEMP basalt_left"),
    LOCK("SELECT pg_advisory_lock(4711)"),
    PREPARED_STATEMENT("PREPARE basalt_left AS SELECT 1"),
    CURSOR("DECLARE basalt_left CURSOR WITH HOLD FOR SELECT 1"),
    BLOCK("DO 'BEGIN NULL; END'"),
    ATTACHED_DATABASE("ATTACH DATABASE ':memory:' AS basalt_left");

    private final String typical;

    SessionState(String typical) {
        this.typical = typical;
    }

    /** A statement that a database without such a thing refuses. */
    String typical() {
        return typical;
    }

    /**
     * How a database comes to such state.
     *
     * @param statement leaves it; a query if it begins with SELECT
     * @param look a query whose rows are others once it is there
     */
    public record Change(String statement, String look) {}
}
