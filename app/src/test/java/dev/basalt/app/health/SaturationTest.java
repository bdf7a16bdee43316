package dev.basalt.app.health;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.basalt.domain.pool.PoolStats;
import dev.basalt.domain.pool.Role;
import dev.basalt.domain.pool.RoleStats;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SaturationTest {

    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Saturation.class);
    private final Saturation pool = new Saturation();

    @BeforeEach
    void listen() {
        appender.start();
        logger.addAppender(appender);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(appender);
    }

    @Test
    void every_look_is_a_line() {
        look(3, 0);

        assertThat(appender.list).hasSize(1);
        assertThat(appender.list.getFirst().getFormattedMessage())
                .startsWith("pool 'reports': 3 of 10 connections in use");
    }

    @Test
    void one_busy_look_is_no_saturation_but_two_are_and_it_is_warned_of_once_until_it_ends() {
        look(9, 0);
        assertThat(warnings()).isEmpty();
        look(10, 0);
        look(9, 0);
        look(9, 0);
        assertThat(warnings()).hasSize(1).first().asString().contains("'reports' is saturated", "100 %", "90 %");
        look(8, 0);
        assertThat(appender.list.getLast().getFormattedMessage()).isEqualTo("pool 'reports' is no longer saturated");
        look(9, 0);
        look(9, 0);
        assertThat(warnings()).hasSize(2);
    }

    @Test
    void callers_that_had_to_wait_twice_in_a_row_are_a_saturation_and_those_of_before_are_not() {
        look(1, 100);
        look(1, 100);
        assertThat(warnings()).isEmpty();
        look(1, 101);
        assertThat(warnings()).as("once may be chance").isEmpty();
        look(1, 104);
        assertThat(warnings()).hasSize(1).first().asString().contains("3 callers");
        look(1, 104);
        assertThat(appender.list.getLast().getFormattedMessage()).endsWith("no longer saturated");
    }

    private void look(int active, long waits) {
        var role = new RoleStats(Role.SHARED, 10, 10, active, 0, 0, waits, Duration.ZERO, 0, 10, Map.of());
        pool.look(new PoolStats("reports", List.of(role)));
    }

    private List<String> warnings() {
        return appender.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
