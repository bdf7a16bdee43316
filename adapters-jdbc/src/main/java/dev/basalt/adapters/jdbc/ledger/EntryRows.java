package dev.basalt.adapters.jdbc.ledger;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** Reads {@code entries}; each adapter makes a repository of it, in its dialect. */
public interface EntryRows extends GenericRepository<EntryRow, Long> {

    long countByAccountId(long accountId);

    @Query("SELECT * FROM entries WHERE account_id = :accountId ORDER BY id LIMIT :limit OFFSET :offset")
    List<EntryRow> page(long accountId, int limit, long offset);
}
