package dev.basalt.domain.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PoolStatsTest {

    private static final RoleStats READER = new RoleStats(
            Role.READER,
            10,
            8,
            5,
            3,
            2,
            100,
            Duration.ofMillis(1500),
            7,
            40,
            Map.of(CloseReason.IDLE, 20L, CloseReason.FAULT, 12L));

    private static final RoleStats WRITER = new RoleStats(
            Role.WRITER, 1, 1, 1, 0, 30, 1000, Duration.ofMillis(800), 3, 2, Map.of(CloseReason.FAULT, 1L));

    private static final PoolStats BOTH = new PoolStats("primary", List.of(READER, WRITER));

    @Test
    void the_figures_of_a_pool_are_the_sums_of_its_roles() {
        assertThat(BOTH.total()).isEqualTo(9);
        assertThat(BOTH.active()).isEqualTo(6);
        assertThat(BOTH.idle()).isEqualTo(3);
        assertThat(BOTH.waiting()).isEqualTo(32);
        assertThat(BOTH.waits()).isEqualTo(1100);
        assertThat(BOTH.waited()).isEqualTo(Duration.ofMillis(2300));
        assertThat(BOTH.timeouts()).isEqualTo(10);
        assertThat(BOTH.created()).isEqualTo(42);
    }

    @Test
    void a_writer_comes_on_top_of_what_the_pool_was_set_to() {
        assertThat(BOTH.max()).isEqualTo(10);
        assertThat(idle(4).max()).isEqualTo(4);
        assertThat(new PoolStats("primary", List.of(WRITER)).max()).isEqualTo(1);
    }

    @Test
    void closed_connections_are_summed_by_reason_and_no_reason_is_left_out() {
        assertThat(BOTH.closed())
                .containsExactly(
                        entry(CloseReason.IDLE, 20L),
                        entry(CloseReason.LIFETIME, 0L),
                        entry(CloseReason.FAULT, 13L),
                        entry(CloseReason.REPLACED, 0L),
                        entry(CloseReason.SHUTDOWN, 0L));
    }

    @Test
    void utilization_is_the_share_that_is_lent_out_of_the_role_used_most() {
        assertThat(BOTH.utilization()).isEqualTo(1.0);
        assertThat(new PoolStats("primary", List.of(READER)).utilization()).isEqualTo(0.5);
        assertThat(new PoolStats("primary", List.of(WRITER)).utilization()).isEqualTo(1.0);
        assertThat(idle(10).utilization()).isZero();
    }

    @Test
    void a_pool_has_one_role_at_least() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PoolStats("primary", List.of()));
    }

    @Test
    void the_figures_do_not_change_later() {
        var closed = new EnumMap<CloseReason, Long>(Map.of(CloseReason.IDLE, 1L));
        var stats = new RoleStats(Role.SHARED, 10, 0, 0, 0, 0, 0, Duration.ZERO, 0, 1, closed);

        closed.put(CloseReason.IDLE, 2L);

        assertThat(stats.closed()).containsExactly(entry(CloseReason.IDLE, 1L));
    }

    private static PoolStats idle(int max) {
        return new PoolStats(
                "primary",
                List.of(new RoleStats(Role.SHARED, max, max, 0, max, 0, 0, Duration.ZERO, 0, max, Map.of())));
    }
}
