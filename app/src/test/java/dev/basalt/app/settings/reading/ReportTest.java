package dev.basalt.app.settings.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.app.settings.report.ReportedSetting;
import dev.basalt.app.settings.report.ReportedSetting.Overridden;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

    private final Configured configured = new Configured();

    @Test
    void every_setting_of_every_pool_is_there_with_its_default() {
        List<ReportedSetting> settings = configured
                .argument("database.url", "fake:x")
                .argument("database.pools.b.url", "sqlite:b.db")
                .read()
                .report()
                .settings();

        assertThat(settings)
                .contains(
                        new ReportedSetting("database.port", "DB_PORT", "5432", "default", true, List.of()),
                        new ReportedSetting("database.host", "DB_HOST", null, "default", true, List.of()),
                        new ReportedSetting(
                                "database.pools.b.max-connections",
                                "DATABASE_POOLS_B_MAX_CONNECTIONS",
                                "10",
                                "default",
                                true,
                                List.of()))
                .extracting(ReportedSetting::name)
                .contains("http.page-size", "access.jwt-secret", "database.pools.b.migrate")
                .doesNotContain("database.migrate", "database.pools.b.port")
                .doesNotHaveDuplicates();
    }

    @Test
    void secrets_and_credentials_are_hidden_wherever_they_stand() {
        var read = configured
                .argument("database.url", "fake://user:planted1@host/db?password=planted2")
                .variable("DATABASE_URL", "fake://user:planted3@other/db")
                .argument("database.password", "planted4")
                .variable("DB_PASSWORD", "planted5")
                .variable("ACCESS_JWT_SECRET", "planted6".repeat(4))
                .read();

        assertThat(read.report().settings())
                .contains(new ReportedSetting(
                        "database.url",
                        "DATABASE_URL",
                        "fake://***@host/db?***",
                        "argument",
                        true,
                        List.of(new Overridden("fake://***@other/db", "environment variable DATABASE_URL"))))
                .contains(new ReportedSetting(
                        "database.password",
                        "DB_PASSWORD",
                        "***",
                        "argument",
                        true,
                        List.of(new Overridden("***", "environment variable DB_PASSWORD"))));
        assertThat(read.report().text()).doesNotContain("planted").contains("access.jwt-secret = *** (");
        assertThat(read.report().toString()).doesNotContain("planted");
        assertThat(read.settings().toString()).doesNotContain("planted");
    }

    @Test
    void what_another_backend_would_use_is_marked() {
        var report = configured.argument("database.busy-timeout", "9s").read().report();

        assertThat(report.settings())
                .contains(new ReportedSetting(
                        "database.busy-timeout", "DB_BUSY_TIMEOUT", "9s", "argument", false, List.of()));
        assertThat(report.text())
                .contains("database.busy-timeout = 9s (argument; not used by this backend)\n")
                .contains("database.max-connections = 10 (default)\n");
    }

    @Test
    void a_url_made_of_parts_says_so() {
        assertThat(configured.variable("DB_HOST", "h").reported("database.url"))
                .isEqualTo(new ReportedSetting(
                        "database.url", "DATABASE_URL", "fake:h", "default, made of DB_HOST", true, List.of()));
    }
}
