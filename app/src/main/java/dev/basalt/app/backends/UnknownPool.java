package dev.basalt.app.backends;

/** There is no pool of this name. */
public final class UnknownPool extends RuntimeException {

    private final String pool;

    public UnknownPool(String pool) {
        super("no pool of this name is open");
        this.pool = pool;
    }

    /** The name that was asked for, as the caller wrote it. */
    public String pool() {
        return pool;
    }
}
