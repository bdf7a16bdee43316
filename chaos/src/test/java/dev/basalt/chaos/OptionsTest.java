package dev.basalt.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptionsTest {

    private static final Path FOLDER = Path.of("target");

    @Test
    void faults_are_picked_by_their_names() {
        assertThat(Options.parse(FOLDER, "--faults=reset,refused").faults())
                .containsExactlyInAnyOrder("reset", "refused");
    }

    @Test
    void a_fault_that_does_not_exist_is_rejected_with_what_is_allowed() {
        assertThatThrownBy(() -> Options.parse(FOLDER, "--faults=reset,blackhole"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'blackhole'", "black-hole", "reset");
    }

    @Test
    void no_name_is_no_fault() {
        assertThatThrownBy(() -> Options.parse(FOLDER, "--faults="))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("''");
    }
}
