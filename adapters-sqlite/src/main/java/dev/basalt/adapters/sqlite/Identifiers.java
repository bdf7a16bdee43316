package dev.basalt.adapters.sqlite;

/** Writes names into SQL. */
final class Identifiers {

    private Identifiers() {}

    /** The name in quotes, as SQL takes it whatever is in it. */
    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A name and the schema that it is in. */
    static String quoted(String schema, String name) {
        return quoted(schema) + '.' + quoted(name);
    }
}
