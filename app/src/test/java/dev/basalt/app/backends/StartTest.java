package dev.basalt.app.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.basalt.app.RunningApplication;
import dev.basalt.domain.failure.DatabaseFailure.ConfigurationInvalid;
import dev.basalt.domain.settings.DatabaseUrl;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
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
    void a_start_that_fails_ends_with_a_line_for_each_fault_and_exit_code_1(@TempDir Path folder)
            throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("basalt.yml"), """
                database:
                  query-timeout: soon
                  pools:
                    reports:
                      max-connections: 0
                      url: sqlite:reports.db
                """);
        Files.writeString(folder.resolve(".env"), "DB_MIN_CONNECTIONS=-1\nMICRONAUT_SERVER_PORT=abc\n");
        var command = command(
                folder,
                "-Dmicronaut.config.files=" + file,
                "dev.basalt.app.Application",
                "-database.url=nosuch://user:planted@host/db",
                "--database.max-connections=none");
        command.environment().put("MAX_DB_CONNECTIONS", "7");
        command.environment().put("DB_LOG_QUERIES", "yes");

        List<String> lines = failedStart(folder, command);

        assertThat(lines)
                .allSatisfy(line -> assertThat(line).contains(" ERROR ").doesNotContain("planted"))
                .anySatisfy(line -> assertThat(line).endsWith("Basalt cannot start: 8 faults in the configuration:"))
                .anySatisfy(line -> assertThat(line).contains("MICRONAUT_SERVER_PORT in .env is 'abc': a whole number"))
                .anySatisfy(line -> assertThat(line).contains("database.max-connections is 'none': a whole number"))
                .anySatisfy(line -> assertThat(line)
                        .contains("database.max-connections is 'none' and MAX_DB_CONNECTIONS is '7': these are names"))
                .anySatisfy(line -> assertThat(line).contains("DB_MIN_CONNECTIONS in .env is '-1': from 0 to"))
                .anySatisfy(line -> assertThat(line).contains("DB_LOG_QUERIES is 'yes': true or false"))
                .anySatisfy(line -> assertThat(line).contains("database.query-timeout in " + file + " is 'soon'"))
                .anySatisfy(line -> assertThat(line)
                        .contains("database.pools.reports.max-connections in " + file + " is '0': at least 1"))
                .anySatisfy(line -> assertThat(line)
                        .contains("database.url: no installed backend opens URLs that begin with 'nosuch://'"))
                .hasSize(9);
    }

    @Test
    void a_malformed_env_file_ends_the_start(@TempDir Path folder) throws IOException, InterruptedException {
        Files.writeString(folder.resolve(".env"), "DB_PASSWORD: planted\n");

        assertThat(failedStart(folder, command(folder, "dev.basalt.app.Application")))
                .singleElement()
                .asString()
                .contains("Basalt cannot start: ", ".env, line 1, is malformed")
                .doesNotContain("planted");
    }

    @Test
    void no_secret_is_logged_at_the_finest_level(@TempDir Path folder) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("secret"), "planted-in-a-file-and-long-enough-for-it\n");
        Files.writeString(
                folder.resolve(".env"), "PLANTED=planted-behind-a-placeholder\nACCESS_JWT_SECRET_FILE=" + file);
        String logging = Files.readString(Path.of("src/main/resources/logback.xml"));
        Path fine = Files.writeString(
                folder.resolve("logback.xml"), logging.replace("<root level=\"INFO\">", "<root level=\"TRACE\">"));
        var command = command(
                folder,
                "-Dlogback.configurationFile=" + fine,
                "dev.basalt.app.Application",
                "-database.url=sqlite:planned.db",
                "-database.pools.other.url=fake://user:planted-in-a-url-${PLANTED}@host/x",
                "-micronaut.server.port=0");

        Process start = command.start();
        Path log = folder.resolve("start.log");
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> Files.readString(log).contains("Server Running"));
        } finally {
            start.destroyForcibly().waitFor();
        }

        assertThat(Files.readString(log)).contains(" TRACE ").doesNotContain("planted-");
    }

    private static ProcessBuilder command(Path folder, String... arguments) {
        var command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .collect(Collectors.joining(File.pathSeparator)));
        command.command().addAll(List.of(arguments));
        // With either of them, Java starts with a line of its own.
        command.environment().keySet().removeAll(Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        return command.directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("start.log").toFile());
    }

    private static List<String> failedStart(Path folder, ProcessBuilder command)
            throws IOException, InterruptedException {
        Process start = command.start();
        boolean ended = start.waitFor(60, TimeUnit.SECONDS);
        start.destroyForcibly().waitFor();
        String output = Files.readString(folder.resolve("start.log"));

        assertThat(ended).as(output).isTrue();
        assertThat(start.exitValue()).as(output).isEqualTo(1);
        return output.lines().toList();
    }
}
