package dev.basalt.chaos.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A database that an application is run on, and that the judge sees by itself. */
public sealed interface Database extends AutoCloseable permits PostgresDatabase, SqliteDatabase {

    /** The settings that lead the application to it, as environment variables. */
    Map<String, String> settings();

    /** The command that starts a program which is to use it. */
    List<String> launch(List<String> program);

    /** Connects for reading, beside the application and past every fault of the network. */
    Connection connect() throws SQLException;

    /** Tells whether it can be looked into while the application uses it, without being in its way. */
    boolean isVisible();

    /** Returns when it could serve the application, as far as the database itself is concerned. */
    void awaitUsable();

    /** When the application connected to it so far, by {@link System#nanoTime}; empty where nobody can tell. */
    Optional<List<Long>> connects();

    /** What the application has left behind in the database and holds others up, in words; empty if nothing. */
    List<String> leftovers();

    /** Passwords that must not appear in any log. */
    List<String> secrets();

    /** Where its own log is, if it has one, and where anything else of it may be kept. */
    Path folder();

    @Override
    void close();
}
