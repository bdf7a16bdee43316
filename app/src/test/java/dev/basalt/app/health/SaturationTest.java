package dev.basalt.app.health;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.basalt.app.LogLines;
import dev.basalt.domain.pool.PoolStats;
import dev.basalt.domain.pool.Role;
import dev.basalt.domain.pool.RoleStats;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SaturationTest {

    @RegisterExtension
    private final LogLines lines = LogLines.of(Saturation.class);

    private final Saturation pool = new Saturation();

    @Test
    void every_look_is_a_line() {
        look(3, 0);

        assertThat(lines.events()).hasSize(1);
        assertThat(lines.events().getFirst().getFormattedMessage())
                .startsWith("pool 'reports': 3 of 10 connections in use");
    }

    @Test
    void one_busy_look_is_no_saturation_but_two_are_and_it_is_warned_of_once_until_it_ends() {
        look(9, 0);
        assertThat(lines.at(Level.WARN)).isEmpty();
        look(10, 0);
        look(9, 0);
        look(9, 0);
        assertThat(lines.at(Level.WARN))
                .hasSize(1)
                .first()
                .asString()
                .contains("'reports' is saturated", "100 %", "90 %");
        look(8, 0);
        assertThat(lines.events().getLast().getFormattedMessage()).isEqualTo("pool 'reports' is no longer saturated");
        look(9, 0);
        look(9, 0);
        assertThat(lines.at(Level.WARN)).hasSize(2);
    }

    @Test
    void callers_that_had_to_wait_twice_in_a_row_are_a_saturation_and_those_of_before_are_not() {
        look(1, 100);
        look(1, 100);
        assertThat(lines.at(Level.WARN)).isEmpty();
        look(1, 101);
        assertThat(lines.at(Level.WARN)).as("once may be chance").isEmpty();
        look(1, 104);
        assertThat(lines.at(Level.WARN)).hasSize(1).first().asString().contains("3 callers");
        look(1, 104);
        assertThat(lines.events().getLast().getFormattedMessage()).endsWith("no longer saturated");
    }

    private void look(int active, long waits) {
        var role = new RoleStats(Role.SHARED, 10, 10, active, 0, 0, waits, Duration.ZERO, 0, 10, Map.of());
        pool.look(new PoolStats("reports", List.of(role)));
    }
}
