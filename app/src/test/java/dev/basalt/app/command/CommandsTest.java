package dev.basalt.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.app.settings.Providers;
import dev.basalt.app.settings.reading.SettingsReader;
import dev.basalt.app.settings.source.ContextSetup;
import dev.basalt.contract.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class CommandsTest {

    private static final int FAILED = 1;
    private static final int NOT_UNDERSTOOD = 2;

    static List<TestDatabase> durable() {
        return TestDatabase.installed().stream().filter(TestDatabase::durable).toList();
    }

    @ParameterizedTest
    @MethodSource("durable")
    void scripts_are_run_listed_checked_and_undone_one_command_after_the_other(TestDatabase database) {
        String url = "-database.url=" + database.create().value();

        assertThat(run(url, "validate").code()).as("pending").isEqualTo(FAILED);
        assertThat(run(url, "migrate", "--dry-run").output()).contains("would run:", "V1__create_ledger.sql");
        assertThat(run(url, "migrate").output()).contains("has run:", "V1__create_ledger.sql");
        assertThat(run(url, "migrate")).isEqualTo(new Result(0, "nothing is pending\n"));
        assertThat(run(url, "info").output().lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).contains("applied"));
        assertThat(run(url, "validate").code()).isZero();
        assertThat(run(url, "repair")).isEqualTo(new Result(0, "nothing is to be repaired\n"));
        assertThat(run(url, "health", "--depth=deep").code()).isZero();

        long scripts = run(url, "info").output().lines().count();
        for (long i = 0; i < scripts; i++) {
            assertThat(run(url, "revert").output()).startsWith("undone: V");
        }
        assertThat(run(url, "info").output().lines())
                .allSatisfy(line -> assertThat(line).contains("pending"));
        assertThat(run(url, "revert").code()).as("nothing is left").isEqualTo(FAILED);
    }

    @ParameterizedTest
    @MethodSource("durable")
    void a_history_begins_where_it_is_told_to(TestDatabase database) {
        String url = "-database.url=" + database.create().value();

        Result baseline = run(url, "baseline", "--version-reached=1");

        assertThat(baseline).isEqualTo(new Result(0, "the history begins at 1\n"));
        assertThat(run(url, "migrate").output()).doesNotContain("V1__create_ledger.sql");
    }

    @Test
    void a_database_that_does_not_answer_is_not_healthy() {
        Result health = run("-database.url=fake:down", "health");

        assertThat(health.code()).isEqualTo(FAILED);
        assertThat(health.output()).contains("primary: UNHEALTHY");
    }

    @Test
    void reverting_has_to_be_allowed() {
        assertThat(run("-database.url=fake:x", "-database.revert-allowed=false", "revert")
                        .code())
                .isEqualTo(FAILED);
    }

    @Test
    void the_configuration_is_shown() {
        Result config = run("-database.url=fake:x", "-database.max-connections=7", "config");

        assertThat(config.code()).isZero();
        assertThat(config.output()).contains("database.max-connections", "7", "database.url", "fake:x");
    }

    @Test
    void what_is_no_command_is_not_understood() {
        assertThat(run("migrat").code()).isEqualTo(NOT_UNDERSTOOD);
        assertThat(run("migrate", "--dryrun").code()).isEqualTo(NOT_UNDERSTOOD);
        assertThat(run("database.url=fake:x").code()).isEqualTo(NOT_UNDERSTOOD);
    }

    @Test
    void without_a_command_it_serves() {
        assertThat(run("-database.url=fake:x").code()).isEqualTo(Commands.SERVING);
        assertThat(run("serve").code()).isEqualTo(Commands.SERVING);
    }

    private static Result run(String... arguments) {
        var sorted = Arguments.of(arguments);
        var output = new StringWriter();
        var commands = new Commands(() -> Commands.SERVING, () -> {
            try (var environment = ContextSetup.environment(
                    Path.of("target"), sorted.settings().toArray(String[]::new))) {
                return SettingsReader.read(environment, Providers.installed());
            }
        });
        int code = new CommandLine(commands)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(output, true))
                .setErr(new PrintWriter(new StringWriter()))
                .setExecutionExceptionHandler((_, _, _) -> FAILED)
                .execute(sorted.others().toArray(String[]::new));
        return new Result(code, output.toString());
    }

    private record Result(int code, String output) {}
}
