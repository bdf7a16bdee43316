package dev.basalt.adapters.postgres.ledger;

import dev.basalt.adapters.jdbc.ledger.AccountRows;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;

/** Reads {@code accounts} from PostgreSQL. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface PostgresAccountRows extends AccountRows {}
