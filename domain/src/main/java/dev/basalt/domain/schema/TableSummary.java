package dev.basalt.domain.schema;

import org.jspecify.annotations.Nullable;

/**
 * A table as lists show it.
 *
 * @param name its name
 * @param type what kind of relation it is
 * @param sizeBytes its size on disk with indexes, or {@code null} if it has none or the backend does not tell
 * @param rowEstimate the backend's last estimate of its rows, or {@code null} if there is none
 * @param comment what its owner noted about it
 */
public record TableSummary(
        String name,
        TableType type,
        @Nullable Long sizeBytes,
        @Nullable Long rowEstimate,
        @Nullable String comment) {}
