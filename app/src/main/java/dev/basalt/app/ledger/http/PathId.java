package dev.basalt.app.ledger.http;

import dev.basalt.app.http.Problem;
import dev.basalt.app.http.ProblemCode;
import dev.basalt.app.http.Quoted;
import java.util.Optional;
import java.util.function.LongFunction;

/** Numbers in paths: what is no number belongs to nothing, just like a number that was never given. */
final class PathId {

    private PathId() {}

    /**
     * Finds what has the number.
     *
     * @param what what it is called, for the message
     * @param id the number as the path has it
     */
    static <T> T find(String what, String id, LongFunction<Optional<T>> by) {
        return parse(id)
                .flatMap(by::apply)
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND, "there is no " + what + " " + Quoted.of(id)));
    }

    private static Optional<Long> parse(String id) {
        if (!id.matches("[0-9]{1,19}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(id));
        } catch (NumberFormatException e) {
            // Nineteen digits can be beyond 64 bits.
            return Optional.empty();
        }
    }
}
