package dev.basalt.adapters.jdbc.ledger;

import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;

/** Reads {@code transfers}; each adapter makes a repository of it, in its dialect. */
public interface TransferRows extends GenericRepository<TransferRow, Long> {

    Optional<TransferRow> findByIdAndRefusalIsNull(long id);
}
