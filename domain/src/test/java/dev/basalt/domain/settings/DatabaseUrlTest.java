package dev.basalt.domain.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void an_empty_url_is_refused(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> new DatabaseUrl(value));
    }

    @Test
    void a_url_without_secrets_is_shown_as_it_is() {
        for (String value : List.of(
                "postgresql://db.example.org:5432/ledger",
                "postgresql://one:5432,two:5433/ledger",
                "jdbc:postgresql://db/ledger",
                "sqlite:data/basalt.db",
                "sqlite::memory:",
                "jdbc:sqlite:/var/lib/basalt.db")) {
            assertThat(new DatabaseUrl(value)).hasToString(value);
        }
    }

    @Test
    void the_place_stays_readable_without_user_password_and_parameters() {
        assertThat(new DatabaseUrl("postgresql://ada:planted@db:5432/ledger?sslmode=require"))
                .hasToString("postgresql://***@db:5432/ledger?***");
        assertThat(new DatabaseUrl("jdbc:postgresql://db/ledger?user=ada&password=planted"))
                .hasToString("jdbc:postgresql://db/ledger?***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "planted",
                "plan@ted",
                "plan:ted",
                "plan/ted",
                "plan//ted",
                "plan?ted",
                "plan#ted",
                "plan\nted",
                "plan ted",
                "plan@t?ed",
                "?plan@ted",
                "plan@@/?ted",
                "p@ss w'o/r?d%#"
            })
    void no_part_of_a_password_is_shown_however_it_is_written(String password) {
        String escaped = URLEncoder.encode(password, StandardCharsets.UTF_8);
        for (String value : List.of(
                "postgresql://ada:" + password + "@db:5432/ledger",
                "postgres://ada:" + password + "@db:5432/ledger?sslmode=require",
                "postgresql://ada:" + escaped + "@db:5432/ledger",
                "jdbc:postgresql://db:5432/ledger?user=ada&password=" + password,
                "jdbc:postgresql://db:5432/ledger?user=ada&password=" + escaped,
                "jdbc:postgresql:ledger?user=ada&password=" + password)) {
            assertThat(new DatabaseUrl(value).toString())
                    .as(value)
                    .doesNotContain(password, escaped, "plan", "ted", "p@s", "ss w", "r?d", "ada");
        }
    }

    @Property
    void no_character_of_a_password_is_shown_wherever_it_stands(@ForAll("passwords") String password) {
        for (String value : List.of(
                "postgresql://ada:" + password + "@db/ledger",
                "postgresql://ada:" + password + "@db/ledger?sslmode=require",
                "jdbc:postgresql://db/ledger?user=ada&password=" + password)) {
            assertThat(new DatabaseUrl(value).toString())
                    .as(value)
                    .startsWith(value.substring(0, value.indexOf("//")))
                    .doesNotContain("Z", "ada");
        }
    }

    /** Nothing else in the URLs is a Z. */
    @Provide
    Arbitrary<String> passwords() {
        return Arbitraries.strings()
                .withChars("ZZZ@:/?#%&= '\"\\\n")
                .ofMinLength(1)
                .ofMaxLength(12)
                .filter(password -> password.contains("Z"));
    }

    @Test
    void the_settings_of_a_database_show_no_password_either() {
        var url = new DatabaseUrl("postgresql://ada:planted@db:5432/ledger?password=planted");

        assertThat(new DatabaseSettings("primary", url, PoolSettings.DEFAULTS).toString())
                .contains("primary", "ledger")
                .doesNotContain("planted", "ada");
    }

    @ParameterizedTest
    @ValueSource(strings = {"primary", "a", "0", "read-only_2"})
    void a_pools_name_is_plain(String name) {
        assertThat(settings(name).pool()).isEqualTo(name);
    }

    @Test
    void a_pools_name_has_63_characters_at_most() {
        assertThat(settings("a".repeat(63)).pool()).hasSize(63);
        assertThatIllegalArgumentException().isThrownBy(() -> settings("a".repeat(64)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Primary", "-a", "_a", "a b", "a.b", "ä", "a\n"})
    void a_pools_name_that_is_not_plain_is_refused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(name))
                .withMessageContaining("'" + name + "'")
                .withMessageContaining("63");
    }

    private static DatabaseSettings settings(String name) {
        return new DatabaseSettings(name, new DatabaseUrl("sqlite::memory:"), PoolSettings.DEFAULTS);
    }

    @Test
    void a_user_whose_host_was_forgotten_is_not_shown() {
        assertThat(new DatabaseUrl("postgresql://ada:secret")).hasToString("postgresql://***");
        assertThat(new DatabaseUrl("postgresql://ada:secret/db")).hasToString("postgresql://***");
        assertThat(new DatabaseUrl("postgresql://one:5432,[::1]:5433,three/db"))
                .hasToString("postgresql://one:5432,[::1]:5433,three/db");
    }
}
