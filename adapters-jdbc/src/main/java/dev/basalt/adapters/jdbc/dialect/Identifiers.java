package dev.basalt.adapters.jdbc.dialect;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Names within SQL (ISO/IEC 9075, delimited identifiers). The only place where one is pasted into a statement. */
public final class Identifiers {

    private Identifiers() {}

    /** A name as SQL has it, behind those that it belongs to: {@code "schema"."table"}. */
    public static String quoted(String... names) {
        return Arrays.stream(names)
                .map(name -> '"' + name.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining("."));
    }
}
