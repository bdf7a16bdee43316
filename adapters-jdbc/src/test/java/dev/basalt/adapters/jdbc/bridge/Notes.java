package dev.basalt.adapters.jdbc.bridge;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

/** A repository as a service would write it. */
@JdbcRepository(dialect = Dialect.ANSI)
interface Notes extends GenericRepository<Note, Long> {

    @Query("INSERT INTO notes (id, text) VALUES (:id, :text)")
    void add(long id, String text);

    @Query("SELECT id, text FROM notes WHERE id = :id")
    Optional<Note> find(long id);

    @Query("SELECT id, text FROM notes ORDER BY id")
    List<Note> all();
}
