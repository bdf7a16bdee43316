package dev.basalt.domain.transaction;

/** What a transaction may do; it decides which connection serves it (SQLite's readers or its one writer). */
public enum Access {
    /** Reads only: a write fails, on every backend. */
    READ,
    /** Reads and writes. */
    WRITE
}
