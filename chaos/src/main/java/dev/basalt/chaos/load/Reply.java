package dev.basalt.chaos.load;

import dev.basalt.chaos.application.Http.Answer;
import java.util.Set;

/** What an answer says about an order. */
public sealed interface Reply {

    /** How the table of answers calls it. */
    String code();

    /** It was carried out, as the transfer of this number. */
    record Done(long id) implements Reply {
        @Override
        public String code() {
            return "201";
        }
    }

    /** It was refused for good: the same answer will be given ever after. */
    record Refused(String code) implements Reply {}

    /** It was not carried out, and may be asked for again. */
    record Denied(String code) implements Reply {}

    /** Nobody knows whether it was carried out. */
    record Doubtful(String code) implements Reply {}

    /** An answer that no fault of a database explains. */
    record Unexpected(String code) implements Reply {}

    /** The codes that say that nothing was done. */
    Set<String> NOTHING_DONE = Set.of(
            "unavailable", "pool_exhausted", "circuit_open", "read_only", "query_timeout", "serialization_conflict");

    static Reply of(Answer answer) {
        String code = answer.code();
        if (answer.status() == 201) {
            return new Done(answer.json().path("id").asLong());
        }
        if (code.equals("insufficient_funds")) {
            return new Refused(code);
        }
        if (code.equals("outcome_unknown")) {
            return new Doubtful(code);
        }
        return NOTHING_DONE.contains(code)
                ? new Denied(code)
                : new Unexpected(answer.status() + (code.isEmpty() ? "" : " " + code));
    }
}
