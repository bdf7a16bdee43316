package dev.basalt.app.lifecycle;

/** The service cannot work yet, or no more; the message says why, in words that everybody may read. */
public final class NotReady extends RuntimeException {

    private final String code;
    private final boolean passing;

    NotReady(String code, String message, boolean passing) {
        // An answer, not a defect: nobody looks at its stack.
        super(message, null, false, false);
        this.code = code;
        this.passing = passing;
    }

    static NotReady because(SchemaState state) {
        boolean passing = switch (state.phase()) {
            case WAITING, MIGRATING, READY -> true;
            case FAILED, REVERTED -> false;
        };
        return new NotReady(state.phase().code(), state.phase().description(), passing);
    }

    /** The reason as a stable word. */
    public String code() {
        return code;
    }

    /** Tells whether it goes by itself; otherwise somebody has to do something first. */
    public boolean passing() {
        return passing;
    }
}
