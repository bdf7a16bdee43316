package dev.basalt.adapters.postgres.ledger;

import dev.basalt.adapters.jdbc.ledger.TransferRows;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;

/** Reads {@code transfers} from PostgreSQL. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface PostgresTransferRows extends TransferRows {}
