package dev.basalt.domain.pool;

/** What the connections of one part of a pool are used for. */
public enum Role {
    /** Reads and writes alike. */
    SHARED,
    /** Reads, many at once. */
    READER,
    /** Writes: one at a time, or as many as reads where the two go to different servers. */
    WRITER
}
