package dev.basalt.domain.migration;

/** Where a script stands. */
public enum MigrationState {
    /** Known, and not yet run. */
    PENDING,
    APPLIED,
    /** Run, and failed. */
    FAILED,
    /** Run after one with a higher version. */
    OUT_OF_ORDER,
    /** Run once, and no longer among the scripts. */
    MISSING,
    /** Below the baseline, or above the target: it is not going to run. */
    IGNORED
}
