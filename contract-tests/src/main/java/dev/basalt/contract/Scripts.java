package dev.basalt.contract;

/** Folders of scripts that every database understands, for what an adapter's own scripts do not show. */
final class Scripts {

    private static final String FOLDER = "dev/basalt/contract/scripts/";

    /** V1 creates the table note, V2 the table tag; both can be undone. */
    static final String NOTES = FOLDER + "notes";

    /** V2 fails with its third statement. */
    static final String BROKEN = FOLDER + "broken";

    /** V1 has another text. */
    static final String EDITED = FOLDER + "edited";

    /** There is no V2. */
    static final String SHORTENED = FOLDER + "shortened";

    /** V2 has no undo script. */
    static final String ONE_WAY = FOLDER + "one-way";

    /** The undo script of V2 fails with its third statement. */
    static final String UNDO_FAILS = FOLDER + "undo-fails";

    /** The undo script of V2 commits in between. */
    static final String UNDO_COMMITS = FOLDER + "undo-commits";

    /** The undo script of V2 speaks of commits, and uses a savepoint. */
    static final String UNDO_TALKS = FOLDER + "undo-talks";

    /** A repeatable script beside V1. */
    static final String REPEATABLE = FOLDER + "repeatable";

    static final String V1 = "V1__create_note.sql";
    static final String V2 = "V2__create_tag.sql";
    static final String U2 = "U2__create_tag.sql";

    static final String REPEATED = "R__say.sql";

    private Scripts() {}
}
