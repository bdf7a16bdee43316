package dev.basalt.adapters.postgres;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Names within SQL. The only place where one is pasted into a statement. */
final class Identifiers {

    private Identifiers() {}

    /** A name as SQL has it, behind those that it belongs to: {@code "schema"."table"}. */
    static String quoted(String... names) {
        return Arrays.stream(names)
                .map(name -> '"' + name.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining("."));
    }
}
