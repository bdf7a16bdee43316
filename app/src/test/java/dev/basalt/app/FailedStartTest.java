package dev.basalt.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.migration.MigrationFailed;
import io.micronaut.context.exceptions.BeanInstantiationException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailedStartTest {

    @Test
    void what_the_user_can_put_right_is_told_in_one_line_however_deep_it_lies() {
        var migration = new MigrationFailed("V1__broken.sql:\n  syntax error\n", new IllegalStateException());
        var database = new DatabaseFailure.ConnectionFailed("refused", null);

        assertThat(FailedStart.explanation(new BeanInstantiationException("path to the bean", migration)))
                .contains(List.of("V1__broken.sql: | syntax error"));
        assertThat(FailedStart.explanation(new IllegalStateException(new IllegalStateException(database))))
                .contains(List.of("refused"));
    }

    @Test
    void each_fault_of_the_configuration_has_a_line_of_its_own() {
        var faults = new DatabaseFailure.ConfigurationInvalid("2 faults:\n(1) one\n(2) other", null);

        assertThat(FailedStart.explanation(new BeanInstantiationException("path to the bean", faults)))
                .contains(List.of("2 faults:", "(1) one", "(2) other"));
    }

    @Test
    void a_defect_is_left_to_its_stack() {
        assertThat(FailedStart.explanation(new IllegalStateException("defect"))).isEmpty();
    }
}
