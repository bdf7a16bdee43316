package dev.basalt.app.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.basalt.app.RunningApplication;
import dev.basalt.domain.failure.DatabaseFailure.ConfigurationInvalid;
import dev.basalt.domain.settings.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTest {

    @Test
    void a_product_without_a_ledger_ends_the_start() {
        assertThatThrownBy(() -> RunningApplication.on(new DatabaseUrl("fake:x")))
                .hasRootCauseInstanceOf(ConfigurationInvalid.class)
                .hasRootCauseMessage("pool 'primary': the installed backend 'fake' has no ledger");
    }

    @Test
    void a_start_that_fails_ends_with_one_line_and_exit_code_1(@TempDir Path folder)
            throws IOException, InterruptedException {
        Path log = folder.resolve("start.log");
        var command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.basalt.app.Application",
                        "-database.url=nosuch://user:planted@host/db",
                        "-database.max-connections=none")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        // With either of them, Java starts with a line of its own.
        command.environment().keySet().removeAll(Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        Process start = command.start();
        boolean ended = start.waitFor(60, TimeUnit.SECONDS);
        start.destroyForcibly().waitFor();
        String output = Files.readString(log);

        assertThat(ended).as(output).isTrue();
        assertThat(start.exitValue()).as(output).isEqualTo(1);
        List<String> lines = output.lines().toList();
        assertThat(lines).as(output).hasSize(1);
        assertThat(lines.getFirst())
                .contains("ERROR", "Basalt cannot start: 2 faults", "'nosuch://'", "database.max-connections is 'none'")
                .doesNotContain("planted");
    }
}
