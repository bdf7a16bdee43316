package dev.basalt.adapters.postgres;

import dev.basalt.adapters.jdbc.connection.Connector;
import dev.basalt.domain.failure.DatabaseFailure.AuthenticationFailed;
import dev.basalt.domain.settings.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * A role that logs in, with a password that may be changed while the application runs. Thread-safe.
 *
 * <p>The password is read anew for each connection. If it is refused, the last one that worked is tried as well, once: so
 * it does not matter whether the server or the place that the password comes from is changed first. If that one is refused,
 * too, the server may have changed its mind between the two, and the first is tried once more.
 */
final class Login {

    private static final String NO_PLACE = "jdbc:postgresql://";

    /** Where no server could be reached, or none is what was asked for. */
    private static final String NONE_FOUND = "08001";

    private final @Nullable String user;
    private final @Nullable Secret password;
    private volatile @Nullable String worked;

    /**
     * A role's login.
     *
     * @param user the role, or {@code null} for the one of the operating system's user
     * @param password its password, or {@code null} for none
     */
    Login(@Nullable String user, @Nullable Secret password) {
        this.user = user;
        this.password = password;
    }

    /** The role's name. */
    String role() {
        return user == null ? System.getProperty("user.name") : user;
    }

    /** Opens connections as this role, with these properties. */
    Connector connector(Properties properties) {
        return () -> connect(properties);
    }

    private Connection connect(Properties properties) throws SQLException {
        String now = current();
        try {
            Connection connection = connect(properties, now);
            worked = now;
            return connection;
        } catch (SQLException refused) {
            String before = worked;
            if (before == null || before.equals(now) || !isRefusal(refused)) {
                throw refused;
            }
            return connectAfter(refused, properties, before, now);
        }
    }

    private static boolean isRefusal(SQLException failure) {
        return PostgresErrors.translate("", failure) instanceof AuthenticationFailed;
    }

    private Connection connectAfter(SQLException refused, Properties properties, String before, @Nullable String now)
            throws SQLException {
        try {
            return connect(properties, before);
        } catch (SQLException refusedToo) {
            refused.addSuppressed(refusedToo);
            if (!isRefusal(refusedToo)) {
                throw refused;
            }
        }
        try {
            Connection connection = connect(properties, now);
            worked = now;
            return connection;
        } catch (SQLException refusedAgain) {
            refused.addSuppressed(refusedAgain);
            throw refused;
        }
    }

    /** The password as it is now; while its place cannot be read, the last one that worked. */
    private @Nullable String current() throws SQLException {
        try {
            return password == null ? null : password.reveal();
        } catch (RuntimeException e) {
            String before = worked;
            if (before == null) {
                throw new SQLException("the password of role '" + role() + "' cannot be read", "28000", e);
            }
            return before;
        }
    }

    private Connection connect(Properties properties, @Nullable String secret) throws SQLException {
        Properties all = credentials(properties, secret);
        int socketTimeout = PGProperty.SOCKET_TIMEOUT.getInt(all);
        // A host that takes the connection and then says nothing must not use up what time the others have.
        int hosts = Objects.requireNonNull(PGProperty.PG_HOST.getOrDefault(all)).split(",", -1).length;
        PGProperty.SOCKET_TIMEOUT.set(all, Math.max(1, PGProperty.LOGIN_TIMEOUT.getInt(all) / hosts));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PGProperty.LOGIN_TIMEOUT.getInt(all));
        Connection connection;
        try {
            connection = open(all);
        } catch (SQLException e) {
            throw hosts > 1 && NONE_FOUND.equals(e.getSQLState()) && e.getCause() == null
                    ? refusalBehind(e, all, end)
                    : e;
        }
        try {
            connection.setNetworkTimeout(Runnable::run, socketTimeout * 1000);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static Connection open(Properties all) throws SQLException {
        Connection connection = new Driver().connect(NO_PLACE, all);
        if (connection == null) {
            throw new SQLException("the driver does not take its own URL", NONE_FOUND);
        }
        return connection;
    }

    /**
     * Of several servers that all fail, the driver does not say why: they are asked one by one whether they refuse the role,
     * in what is left of the time to log in. Where some have hung, that is nothing.
     */
    private static SQLException refusalBehind(SQLException failure, Properties all, long end) {
        String[] hosts =
                Objects.requireNonNull(PGProperty.PG_HOST.getOrDefault(all)).split(",", -1);
        String[] ports =
                Objects.requireNonNull(PGProperty.PG_PORT.getOrDefault(all)).split(",", -1);
        for (int i = 0; i < hosts.length; i++) {
            long left = TimeUnit.NANOSECONDS.toSeconds(end - System.nanoTime());
            if (left < 1) {
                return failure;
            }
            var one = new Properties();
            one.putAll(all);
            PGProperty.LOGIN_TIMEOUT.set(one, (int) left);
            PGProperty.PG_HOST.set(one, hosts[i]);
            PGProperty.PG_PORT.set(one, ports[i]);
            PGProperty.TARGET_SERVER_TYPE.set(one, "any");
            try {
                open(one).close();
            } catch (SQLException e) {
                if (isRefusal(e)) {
                    e.addSuppressed(failure);
                    return e;
                }
            }
        }
        return failure;
    }

    /** Not kept any longer than it takes to connect. */
    private Properties credentials(Properties properties, @Nullable String secret) {
        var all = new Properties();
        all.putAll(properties);
        PGProperty.USER.set(all, role());
        if (secret != null) {
            PGProperty.PASSWORD.set(all, secret);
        }
        return all;
    }

    /** Shows no password. */
    @Override
    public String toString() {
        return "Login[" + role() + "]";
    }
}
