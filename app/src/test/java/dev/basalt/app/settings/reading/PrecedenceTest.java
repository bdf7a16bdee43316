package dev.basalt.app.settings.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.app.settings.report.ReportedSetting;
import dev.basalt.app.settings.report.ReportedSetting.Overridden;
import dev.basalt.domain.settings.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrecedenceTest {

    private final Configured configured = new Configured();

    @Test
    void each_source_overrides_those_below_it_and_the_report_tells(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve(".env"), "DB_MAX_CONNECTIONS=4\n");

        ReportedSetting max = configured
                .argument("database.max-connections", "1")
                .systemProperty("database.max-connections", "2")
                .variable("DB_MAX_CONNECTIONS", "3")
                .directory(directory)
                .inFile("database.max-connections", 5)
                .profile("prod")
                .reported("database.max-connections");

        assertThat(max)
                .isEqualTo(new ReportedSetting(
                        "database.max-connections",
                        "DB_MAX_CONNECTIONS",
                        "1",
                        "argument",
                        true,
                        List.of(
                                new Overridden("2", "system property"),
                                new Overridden("3", "environment variable DB_MAX_CONNECTIONS"),
                                new Overridden("4", ".env DB_MAX_CONNECTIONS"),
                                new Overridden("5", "/etc/basalt.yml"),
                                new Overridden("25", "profile prod"))));
    }

    @ParameterizedTest
    @CsvSource({
        "dev, 10, 1, PT10S, PT15M, PT1H, PT10S, PT30S, disable, true",
        "test, 5, 1, PT10S, PT5M, PT30M, PT5S, PT10S, disable, true",
        "prod, 25, 5, PT5S, PT15M, PT1H, PT30S, PT1M, require, false"
    })
    void a_profile_has_its_figures_for_every_pool(
            String profile,
            int max,
            int min,
            Duration acquire,
            Duration idle,
            Duration lifetime,
            Duration connect,
            Duration query,
            String tls,
            boolean revert) {
        var settings = configured
                .profile(profile)
                .argument("database.url", "fake:a")
                .inFile("database.pools.b.url", "fake:b")
                .read()
                .settings();

        assertThat(settings.pools()).hasSize(2).allSatisfy(pool -> {
            var limits = pool.database().limits();
            assertThat(limits.maxConnections()).isEqualTo(max);
            assertThat(limits.minConnections()).isEqualTo(min);
            assertThat(limits.acquireTimeout()).isEqualTo(acquire);
            assertThat(limits.idleTimeout()).isEqualTo(idle);
            assertThat(limits.maxLifetime()).isEqualTo(lifetime);
            assertThat(limits.connectTimeout()).isEqualTo(connect);
            assertThat(limits.queryTimeout()).isEqualTo(query);
            assertThat(pool.database().options()).containsEntry("ssl-mode", tls);
        });
        assertThat(settings.migrations().revertAllowed()).isEqualTo(revert);
    }

    @Test
    void what_a_profile_says_gives_way_to_the_url() {
        DatabaseSettings database = configured
                .profile("prod")
                .argument("database.url", "fake:x?tls=verify-full")
                .read()
                .settings()
                .pools()
                .getFirst()
                .database();

        assertThat(database.options()).isEmpty();
    }

    @Test
    void what_a_profile_says_for_another_backend_is_left_out() {
        var read = configured.profile("prod").read();

        assertThat(read.settings().pools().getFirst().database().options()).isEmpty();
        assertThat(read.report().settings())
                .isNotEmpty()
                .noneMatch(setting -> setting.name().equals("database.ssl-mode"));
    }

    @Test
    void an_alias_overrides_a_profile_without_a_word() {
        assertThat(configured
                        .profile("prod")
                        .variable("MAX_DB_CONNECTIONS", "7")
                        .reported("database.max-connections")
                        .value())
                .isEqualTo("7");
    }

    @Test
    void a_placeholder_stands_for_another_property() {
        assertThat(configured
                        .variable("NAME", "x")
                        .inFile("database.url", "fake:${NAME}/${OTHER:y}")
                        .read()
                        .settings()
                        .pools()
                        .getFirst()
                        .database()
                        .url()
                        .value())
                .isEqualTo("fake:x/y");
    }

    @Test
    void the_profile_may_stand_in_the_env_file(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve(".env"), "MICRONAUT_ENVIRONMENTS=test\n");

        assertThat(configured
                        .directory(directory)
                        .reported("database.max-connections")
                        .source())
                .isEqualTo("profile test");
    }
}
