package dev.basalt.chaos.fault;

import dev.basalt.chaos.application.Application;
import dev.basalt.chaos.database.Database;
import dev.basalt.chaos.database.PostgresDatabase;
import dev.basalt.chaos.database.SqliteDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What a fault can get hold of. Not thread-safe. */
public final class Scene implements AutoCloseable {

    private final Database database;
    private final List<Application> applications;
    private final List<Long> accounts;
    private final Deque<Connection> held = new ArrayDeque<>();
    private String password = "";

    /** The scene of one trial, with its accounts by their numbers. */
    public Scene(Database database, List<Application> applications, List<Long> accounts) {
        this.database = database;
        this.applications = List.copyOf(applications);
        this.accounts = List.copyOf(accounts);
    }

    Application application() {
        return applications.getFirst();
    }

    /** The number of the account that bystanders keep away from. */
    long firstAccount() {
        return accounts.getFirst();
    }

    PostgresDatabase postgres() {
        return (PostgresDatabase) database;
    }

    SqliteDatabase sqlite() {
        return (SqliteDatabase) database;
    }

    /** Runs statements on a connection that stays open until {@link #letGo}. */
    void hold(Connection connection, String... statements) throws SQLException {
        held.push(connection);
        connection.setAutoCommit(true);
        try (var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Rolls back whatever is held, and closes its connections. */
    void letGo() throws SQLException {
        while (!held.isEmpty()) {
            try (var connection = held.pop();
                    var statement = connection.createStatement()) {
                statement.execute("ROLLBACK");
            }
        }
    }

    /** Gives the role a new password, which the application is not told yet. */
    void changePassword() {
        password = postgres().changePassword();
    }

    /**
     * Tells the application the password, in the file that it reads it from.
     *
     * @throws IllegalStateException if its log does not say what is wrong
     */
    void tellPassword() {
        if (!application().log().contains("password authentication failed")) {
            throw new IllegalStateException("the log does not say that the password is refused");
        }
        postgres().writePassword(password);
    }

    @Override
    public void close() throws SQLException {
        letGo();
    }
}
