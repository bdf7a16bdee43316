package dev.basalt.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What comes of the check on servers that make it, that cannot, and that fail. */
final class ClientCheckTest {

    private final List<Object> executed = new ArrayList<>();
    private final AtomicInteger closed = new AtomicInteger();

    @Test
    void each_connection_asks_for_the_check() throws SQLException {
        var check = new ClientCheck(Duration.ofMillis(700));

        open(check, null);
        open(check, null);

        assertThat(executed)
                .containsExactly(
                        "SET client_connection_check_interval = 700", "SET client_connection_check_interval = 700");
    }

    @Test
    void a_server_that_cannot_look_is_used_without_and_not_asked_again() throws SQLException {
        var check = new ClientCheck(Duration.ofSeconds(5));

        assertThat(open(check, "22023")).isNotNull();
        assertThat(open(check, "22023")).isNotNull();

        assertThat(executed).hasSize(1);
        assertThat(closed).hasValue(0);
    }

    @Test
    void a_connection_that_fails_for_another_reason_is_closed() {
        var check = new ClientCheck(Duration.ofSeconds(5));

        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> open(check, "57P01"));

        assertThat(closed).hasValue(1);
    }

    @Test
    void zero_is_never() throws SQLException {
        open(new ClientCheck(Duration.ZERO), null);

        assertThat(executed).isEmpty();
    }

    /** A connection to a server that refuses the setting with this state, if any. */
    private Connection open(ClientCheck check, @Nullable String state) throws SQLException {
        Statement statement = proxy(Statement.class, (_, method, arguments) -> {
            if (method.getName().equals("execute")) {
                executed.add(arguments[0]);
                if (state != null) {
                    throw new SQLException("no", state);
                }
                return false;
            }
            return null;
        });
        Connection connection = proxy(Connection.class, (_, method, _) -> {
            if (method.getName().equals("close")) {
                closed.incrementAndGet();
            }
            return method.getName().equals("createStatement") ? statement : null;
        });
        return check.on(() -> connection).connect();
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
