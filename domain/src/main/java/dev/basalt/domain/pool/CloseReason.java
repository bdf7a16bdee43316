package dev.basalt.domain.pool;

/** Why a pool has closed a connection. */
public enum CloseReason {
    /** Unused for longer than the idle time-out. */
    IDLE,
    /** Older than the maximum lifetime. */
    LIFETIME,
    /** Broken, or no longer to be trusted. */
    FAULT,
    /** Replaced by a new one, as was asked for. */
    REPLACED,
    /** The pool itself was closed. */
    SHUTDOWN
}
