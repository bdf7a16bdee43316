package dev.basalt.adapters.jdbc.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.adapters.jdbc.dialect.Dialect;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is remembered of statements that were seen before. */
final class SessionChangesTest {

    private final List<Object> asked = new ArrayList<>();
    private final SessionChanges changes = new SessionChanges(dialect());

    @Test
    void of_a_statement_that_was_seen_before_the_answer_is_the_same_and_nobody_is_asked_again() {
        for (int i = 0; i < 3; i++) {
            assertThat(changes.isOne("SET x = 1")).isTrue();
            assertThat(changes.isOne("SELECT 1")).isFalse();
        }

        assertThat(asked).containsExactly("SET x = 1", "SELECT 1");
    }

    @Test
    void statements_that_are_never_the_same_are_not_all_remembered() {
        assertThat(changes.isOne("SET x = 1")).isTrue();
        for (int i = 0; i < 1000; i++) {
            assertThat(changes.isOne("SELECT " + i)).isFalse();
        }

        assertThat(changes.isOne("SET x = 1")).isTrue();
        assertThat(asked).filteredOn("SET x = 1"::equals).hasSize(2);
    }

    @Test
    void a_statement_as_long_as_only_people_write_them_is_not_remembered() {
        String sql = "SET x = '" + "y".repeat(4000) + "'";

        assertThat(changes.isOne(sql)).isTrue();
        assertThat(changes.isOne(sql)).isTrue();

        assertThat(asked).hasSize(2);
    }

    /** One for which each SET is a change. */
    private Dialect dialect() {
        return (Dialect) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Dialect.class}, (_, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("changesSession");
                    asked.add(arguments[0]);
                    return String.valueOf(arguments[0]).startsWith("SET");
                });
    }
}
