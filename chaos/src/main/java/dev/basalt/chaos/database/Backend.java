package dev.basalt.chaos.database;

/** The products that there are faults for. */
public enum Backend {
    POSTGRESQL("adapters-postgres"),
    SQLITE("adapters-sqlite");

    private final String adapter;

    Backend(String adapter) {
        this.adapter = adapter;
    }

    /** The module that has to be installed. */
    public String adapter() {
        return adapter;
    }
}
