package dev.basalt.app.http;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends a request with a problem document; the message is its detail, for the caller's eyes. */
public final class Problem extends RuntimeException {
    /** An answer must not grow with the number of faults in the request. */
    static final int MAX_ERRORS = 100;

    private final ProblemCode code;
    private final Extras extras;
    private final @Nullable Duration retryAfter;

    /**
     * What some problems tell besides.
     *
     * @param errors the faults of a request
     * @param sqlState the database's own code
     * @param position where in the statement, in characters from 1
     * @param reasons why a statement is dangerous
     */
    record Extras(
            @Nullable List<FieldFault> errors,
            @Nullable String sqlState,
            @Nullable Integer position,
            @Nullable List<String> reasons) {
        static final Extras NONE = new Extras(null, null, null, null);
    }

    private Problem(ProblemCode code, String detail, Extras extras, @Nullable Duration retryAfter) {
        // An answer, not a defect: nobody looks at its stack.
        super(detail, null, false, false);
        this.code = code;
        this.extras = extras;
        this.retryAfter = retryAfter;
    }

    public static Problem of(ProblemCode code, String detail) {
        return new Problem(code, detail, Extras.NONE, null);
    }

    /** A problem with certain fields of the request. */
    public static Problem of(ProblemCode code, String detail, List<FieldFault> errors) {
        return new Problem(code, detail, new Extras(List.copyOf(errors), null, null, null), null);
    }

    /** A request with these faults, at least one; the first {@value #MAX_ERRORS} are named. */
    public static Problem badRequest(List<FieldFault> errors) {
        List<FieldFault> shown = errors.stream().limit(MAX_ERRORS).toList();
        String fields = String.join(", ", shown.stream().map(FieldFault::field).toList());
        String more = errors.size() > MAX_ERRORS ? " and %d more".formatted(errors.size() - MAX_ERRORS) : "";
        return of(ProblemCode.BAD_REQUEST, "not valid: " + fields + more, shown);
    }

    static Problem query(ProblemCode code, String detail, String sqlState, @Nullable Integer position) {
        return new Problem(code, detail, new Extras(null, sqlState, position, null), null);
    }

    static Problem dangerous(String detail, List<String> reasons) {
        return new Problem(
                ProblemCode.CONFIRMATION_REQUIRED, detail, new Extras(null, null, null, List.copyOf(reasons)), null);
    }

    /** A problem that may be gone after a while. */
    public static Problem later(ProblemCode code, String detail, Duration retryAfter) {
        return new Problem(code, detail, Extras.NONE, retryAfter);
    }

    public ProblemCode code() {
        return code;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    Extras extras() {
        return extras;
    }

    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }
}
