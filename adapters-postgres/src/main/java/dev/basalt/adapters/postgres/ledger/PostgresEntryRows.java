package dev.basalt.adapters.postgres.ledger;

import dev.basalt.adapters.jdbc.ledger.EntryRows;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;

/** Reads {@code entries} from PostgreSQL. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface PostgresEntryRows extends EntryRows {}
