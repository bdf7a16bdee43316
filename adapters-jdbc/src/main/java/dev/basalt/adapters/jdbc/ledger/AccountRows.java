package dev.basalt.adapters.jdbc.ledger;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

/** Reads {@code accounts}; each adapter makes a repository of it, in its dialect. */
public interface AccountRows extends GenericRepository<AccountRow, Long> {

    Optional<AccountRow> findById(long id);

    Optional<AccountRow> findByIdempotencyKey(String idempotencyKey);

    long countBySystem(boolean system);

    @Query("SELECT * FROM accounts WHERE system = :system ORDER BY id LIMIT :limit OFFSET :offset")
    List<AccountRow> page(boolean system, int limit, long offset);
}
