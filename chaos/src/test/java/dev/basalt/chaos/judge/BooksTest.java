package dev.basalt.chaos.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.chaos.database.SqliteDatabase;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BooksTest {

    @Test
    void the_books_are_of_one_moment_although_somebody_writes_meanwhile(@TempDir Path folder) throws SQLException {
        try (var database = SqliteDatabase.create(folder, false);
                var writer = database.connectForWriting()) {
            run(
                    writer,
                    "PRAGMA journal_mode = WAL",
                    "CREATE TABLE transfers (id INTEGER PRIMARY KEY, idempotency_key, from_account, to_account, amount,"
                            + " description, refusal)",
                    "CREATE TABLE entries (transfer_id, account_id, amount)",
                    "CREATE TABLE accounts (id, balance)");
            try (var reader = database.connect()) {
                Books books = Books.read(bookingBeforeEachQuestion(reader, writer));

                assertThat(books.transfers()).hasSize(1);
                assertThat(books.entries()).hasSize(1);
                assertThat(books.balances()).hasSize(1);
            }
        }
    }

    /** The writer books a transfer each time before the reader asks. */
    private static Connection bookingBeforeEachQuestion(Connection reader, Connection writer) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (_, method, arguments) -> {
                    if (method.getName().equals("createStatement")) {
                        run(
                                writer,
                                "INSERT INTO transfers VALUES (NULL, hex(randomblob(8)), 1, 2, 3, '', NULL)",
                                "INSERT INTO entries VALUES (last_insert_rowid(), 1, 3)",
                                "INSERT INTO accounts SELECT COUNT(*), 3 FROM accounts");
                    }
                    return method.invoke(reader, arguments);
                });
    }

    private static void run(Connection connection, String... statements) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
