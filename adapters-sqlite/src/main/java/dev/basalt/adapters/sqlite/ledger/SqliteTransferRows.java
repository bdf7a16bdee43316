package dev.basalt.adapters.sqlite.ledger;

import dev.basalt.adapters.jdbc.ledger.TransferRows;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;

/** Reads {@code transfers} from SQLite, which understands what Micronaut Data writes for MySQL. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface SqliteTransferRows extends TransferRows {}
