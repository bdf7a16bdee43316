package dev.basalt.adapters.jdbc.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.basalt.adapters.jdbc.dialect.Dialect;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.pool.Role;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.ports.BackendListener;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.MethodExecutionContext;
import org.junit.jupiter.api.Test;

/** What may be done to a connection while it is lent, and not any more when it was given back. */
final class LoanTest {

    private final AtomicInteger abandoned = new AtomicInteger();
    private final AtomicInteger givenBack = new AtomicInteger();
    private final Connection connection =
            proxy(Connection.class, (_, method, _) -> method.getName().equals("isClosed") ? true : null);
    private final Life life = new Life(
            new PhysicalConnections(
                    "primary",
                    PoolSettings.DEFAULTS,
                    () -> {
                        throw new SQLException("nothing is opened");
                    },
                    dialect(),
                    BackendListener.NONE,
                    new Admission("primary")),
            connection,
            () -> {},
            System.nanoTime());

    private final Loan loan = new Loan(connection, life, _ -> givenBack.incrementAndGet());

    @Test
    void a_loan_that_was_given_back_does_not_give_up_the_connection_of_the_next_caller() {
        loan.close();

        assertThat(loan.abandon()).isFalse();

        assertThat(abandoned).hasValue(0);
        assertThat(life.isAbandoned()).isFalse();
        assertThatNoException().isThrownBy(() -> begin("SELECT 1"));
    }

    @Test
    void a_loan_is_given_back_once_however_often_it_is_closed() {
        loan.close();
        loan.close();

        assertThat(givenBack).hasValue(1);
    }

    @Test
    void on_a_connection_that_was_given_up_nothing_runs_any_more_and_nobody_else_gets_it() {
        assertThat(loan.isSpoilt()).isFalse();

        assertThat(loan.abandon()).isTrue();
        assertThat(loan.abandon()).as("given up once").isFalse();

        assertThat(abandoned).hasValue(1);
        assertThat(loan.isSpoilt()).isTrue();
        assertThatExceptionOfType(ConnectionFailed.class)
                .isThrownBy(() -> begin("COMMIT"))
                .withMessageStartingWith("pool 'primary': ")
                .satisfies(failure -> assertThat(failure.pool()).isEqualTo("primary"));
    }

    @Test
    void a_step_is_shown_while_it_lasts_and_taken_past_those_who_watch() throws SQLException {
        var loan = new Loan(lent(false), life, _ -> {});

        loan.onDriver("COMMIT", driver -> {
            assertThat(driver).isSameAs(connection);
            assertThat(loan.holder(Role.SHARED).statement()).isEqualTo("COMMIT");
        });

        assertThat(loan.holder(Role.SHARED).statement()).isNull();
        assertThat(loan.isSpoilt()).isFalse();
    }

    @Test
    void on_a_connection_that_the_pool_has_given_up_a_step_meets_what_the_pool_has_lent() throws SQLException {
        Connection closed = lent(true);

        new Loan(closed, life, _ -> {})
                .onDriver("COMMIT", driver -> assertThat(driver).isSameAs(closed));
    }

    @Test
    void after_a_step_that_broke_off_nobody_else_gets_the_connection() {
        var loan = new Loan(lent(false), life, _ -> {});

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> loan.onDriver("ROLLBACK", _ -> {
                    throw new IllegalStateException("half done");
                }));

        assertThat(loan.isSpoilt()).isTrue();
        assertThat(loan.holder(Role.SHARED).statement()).isNull();
    }

    private static Connection lent(boolean closed) {
        return proxy(Connection.class, (_, method, _) -> method.getName().equals("isClosed") ? closed : null);
    }

    @Test
    void a_connection_that_has_broken_and_is_being_closed_is_not_given_up_as_well() throws Exception {
        life.beforeMethod(call(connection, Connection.class.getMethod("close")));

        assertThat(loan.abandon()).isFalse();
        assertThat(abandoned).hasValue(0);
    }

    @Test
    void a_batch_of_nothing_runs_nothing() {
        life.beforeQuery(new ExecutionInfo(), List.of());

        assertThat(life.running()).isNull();
        life.afterQuery(new ExecutionInfo(), List.of());
    }

    private static MethodExecutionContext call(Object target, Method method) {
        var call = new MethodExecutionContext();
        call.setTarget(target);
        call.setMethod(method);
        return call;
    }

    private void begin(String sql) {
        life.beforeQuery(new ExecutionInfo(), List.of(new QueryInfo(sql)));
    }

    private Dialect dialect() {
        return proxy(Dialect.class, (_, method, _) -> switch (method.getName()) {
            case "abandon" -> {
                abandoned.incrementAndGet();
                yield null;
            }
            case "changesSession" -> false;
            case "takesWrites" -> true;
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
