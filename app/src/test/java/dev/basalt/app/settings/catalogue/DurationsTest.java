package dev.basalt.app.settings.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "5s, PT5S",
        "2m, PT2M",
        "1h, PT1H",
        "2d, PT48H",
        "PT600H, PT600H",
        "7, PT7S",
        "0, PT0S",
        "PT5S, PT5S",
        "P1D, PT24H",
        "pt1.5s, PT1.5S"
    })
    void a_duration_is_read(String text, Duration duration) {
        assertThat(Durations.parse(text, ChronoUnit.SECONDS)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "5 s", "-5s", "PT-5S", "5x", "1.5s", "9999999999", "999999999d", "PT99999999999H", "s"})
    void what_is_none_is_refused(String text) {
        assertThat(Durations.parse(text, ChronoUnit.SECONDS)).isEmpty();
    }
}
