package dev.basalt.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("application")
class ShortFormTest {

    @Test
    void the_application_stands_the_faults_of_the_short_form() throws IOException, InterruptedException {
        List<Result> results = Trials.run("short-form", Trials.sound(), "--quick", "--seconds=3", "--unhurried");

        assertThat(results).isNotEmpty();
        assertThat(results.stream().filter(result -> !result.passed()))
                .as(() -> Report.of(results))
                .isEmpty();
    }
}
