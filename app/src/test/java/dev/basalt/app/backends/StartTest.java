package dev.basalt.app.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.basalt.app.RunningApplication;
import dev.basalt.domain.failure.DatabaseFailure.ConfigurationInvalid;
import dev.basalt.domain.settings.DatabaseUrl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StartTest {

    @Test
    void a_product_without_a_ledger_ends_the_start() {
        assertThatThrownBy(() -> RunningApplication.on(new DatabaseUrl("fake:x")))
                .hasRootCauseInstanceOf(ConfigurationInvalid.class)
                .hasRootCauseMessage("pool 'primary': the installed backend 'fake' has no ledger");
    }

    @Test
    void a_start_that_fails_ends_with_one_line_and_exit_code_1() throws IOException, InterruptedException {
        Process start = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.basalt.app.Application",
                        "-database.url=nosuch://user:planted@host/db",
                        "-database.max-connections=none")
                .redirectErrorStream(true)
                .start();
        String output = new String(start.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(start.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(start.exitValue()).isEqualTo(1);
        List<String> lines = output.lines().toList();
        assertThat(lines).as(output).hasSize(1);
        assertThat(lines.getFirst())
                .contains("ERROR", "Basalt cannot start: 2 faults", "'nosuch://'", "database.max-connections is 'none'")
                .doesNotContain("planted");
    }
}
