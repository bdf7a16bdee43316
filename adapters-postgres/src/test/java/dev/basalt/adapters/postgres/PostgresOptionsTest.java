package dev.basalt.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.basalt.domain.failure.DatabaseFailure.ConfigurationInvalid;
import dev.basalt.domain.settings.BackendOption;
import dev.basalt.domain.settings.DatabasePlace;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.domain.settings.Secret;
import dev.basalt.domain.settings.SettingFault;
import dev.basalt.ports.BackendListener;
import dev.basalt.ports.BackendProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the options say beside a URL, and without one. No server is asked. */
final class PostgresOptionsTest {

    private static final Map<String, String> NO_OPTIONS = Map.of();

    private final BackendProvider provider = new PostgresBackendProvider();

    @TempDir
    private Path folder;

    @Test
    void every_option_is_described_and_only_passwords_are_secret() {
        assertThat(provider.options())
                .extracting(BackendOption::key)
                .containsExactly(
                        "host",
                        "port",
                        "name",
                        "user",
                        "password",
                        "schema",
                        "ssl-mode",
                        "ssl-root-cert",
                        "ssl-cert",
                        "ssl-key",
                        "migration-user",
                        "migration-password",
                        "idle-in-transaction-timeout",
                        "client-check-interval");
        assertThat(provider.options())
                .allSatisfy(option -> assertThat(option.description()).isNotBlank())
                .allSatisfy(option -> assertThat(option.kind() == BackendOption.Kind.SECRET)
                        .isEqualTo(option.key().endsWith("password")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            host=h                              | postgresql://h/
            host=h port=5433 name=db user=u     | postgresql://u@h:5433/db
            host=h1,h2 port=5433 name=db        | postgresql://h1:5433,h2:5433/db
            host=::1 name=db                    | postgresql://[::1]/db
            name=db                             | postgresql:///db
            name=db port=5433                   | postgresql://:5433/db
            name=a/b?c user=p@s:s%#             | postgresql://p%40s%3As%25%23@/a%2Fb%3Fc
            name=größe                          | postgresql:///gr%C3%B6%C3%9Fe
            host=/run/socket port=x name=db     | postgresql:///db
            """)
    void parts_that_say_where_a_database_is_make_a_url(String parts, String url) {
        Map<String, String> options = options(parts);

        DatabaseUrl made = provider.urlOf(options).orElseThrow();

        assertThat(made.value()).isEqualTo(url);
        assertThat(provider.accepts(made)).isTrue();
        assertThat(faults(made.value(), options, Map.of()))
                .as("a fault is one of the part, not of the URL that nobody wrote")
                .noneSatisfy(fault -> assertThat(fault.keys()).contains("url"));
    }

    @ParameterizedTest
    @CsvSource({"''", "user=u", "port=5433 schema=app", "ssl-mode=require"})
    void parts_that_do_not_say_where_a_database_is_make_none(String parts) {
        assertThat(provider.urlOf(options(parts))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            postgresql://h/db           | port=5433                   | PGHOST=h PGPORT=5433
            postgresql://h1,h2:1/db     | port=1                      | PGHOST=h1,h2 PGPORT=1,1
            postgresql://:5433/db       | host=h1,h2                  | PGHOST=h1,h2 PGPORT=5433,5433
            postgresql://h              | name=db                     | PGHOST=h PGDBNAME=db
            postgresql://u@h            |                             | PGDBNAME=u
            postgresql://h              | user=u                      | PGDBNAME=u
            postgresql://u@h:5432/db    | host=h port=05432 name=db user=u | PGHOST=h PGPORT=5432 PGDBNAME=db
            postgresql://h/db           | schema=app                  | currentSchema=app
            postgresql://h?search_path=app | schema=app               | currentSchema=app
            postgresql://h?search_path=app |                          | currentSchema=app
            postgresql://h              | ssl-mode=disable            | sslmode=disable
            postgresql://h?sslmode=allow | ssl-mode=allow             | sslmode=allow
            """)
    void options_fill_what_the_url_leaves_out(String url, @Nullable String options, String expected) {
        DatabaseSettings settings = settings(url, options(options), Map.of());
        Properties properties = new DriverProperties(PostgresSettings.of(settings), PoolSettings.DEFAULTS).bounded();

        assertThat(properties).containsAllEntriesOf(options(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            postgresql://h/db            | host=other          | host     | ('h' and 'other')
            postgresql://h/db            | host=h,other        | host     | ('h' and 'h,other')
            postgresql://h:5432/db       | port=5433           | port     | ('h:5432' and '5433')
            postgresql://h/db            | name=other          | name     | ('db' and 'other')
            postgresql://u@h/db          | user=other          | user     | different things
            postgresql://h?user=u        | user=other          | user     | different things
            postgresql://h?search_path=a | schema=b            | schema   | ('a' and 'b')
            postgresql://h?sslmode=allow | ssl-mode=prefer     | ssl-mode | ('allow' and 'prefer')
            """)
    void an_option_that_contradicts_the_url_is_a_fault_of_both(String url, String options, String key, String message) {
        assertThat(faults(url, options(options), Map.of())).singleElement().satisfies(fault -> {
            assertThat(fault.keys()).containsExactly("url", key);
            assertThat(fault.message()).contains(message);
        });
    }

    @Test
    void two_passwords_contradict_each_other_and_are_not_shown() {
        assertThat(faults("postgresql://u:s3cret@h/db", NO_OPTIONS, Map.of("password", Secret.of("0ther"))))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.keys()).containsExactly("url", "password");
                    assertThat(fault.message()).doesNotContain("s3cret", "0ther");
                });
        assertThat(faults("postgresql://u:same@h/db", NO_OPTIONS, Map.of("password", Secret.of("same"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            port=0                       | port           | is '0': a number from 1 to 65535
            idle-in-transaction-timeout=PT-1S | idle-in-transaction-timeout | is PT-1S: 0 or from PT0.001S to
            client-check-interval=PT0.0001S | client-check-interval | is PT0.0001S: 0 or from PT0.001S to
            port=65536                   | port           | is '65536': a number from 1 to 65535
            port=99999999999             | port           | is '99999999999': a number from 1 to 65535
            port=x                       | port           | is 'x': a number from 1 to 65535
            host=/run/postgresql         | host           | Unix-domain socket
            host=h:5433                  | host           | is 'h:5433'
            host=a@b                     | host           | is 'a@b'
            name=                        | name           | is empty
            user=                        | user           | is empty
            schema=a,                    | schema         | is 'a,': names of schemas
            schema="a                    | schema         | names of schemas
            ssl-mode=on                  | ssl-mode       | is 'on': allow, disable
            ssl-root-cert=/no/such       | ssl-root-cert  | is '/no/such': there is no such file
            ssl-cert=/no/such ssl-key=/  | ssl-key        | is '/': there is no such file
            """)
    void an_option_that_cannot_be_used_is_a_fault(String options, String key, String message) {
        assertThat(faults("postgresql://h/db", options(options), Map.of())).anySatisfy(fault -> {
            assertThat(fault.keys()).containsExactly(key);
            assertThat(fault.message()).contains(message);
        });
    }

    @Test
    void everything_is_told_at_once_and_opening_says_the_same() {
        DatabaseSettings settings = settings(
                "postgresql://u:s3cret@h/db?sslmod=x",
                options("port=0 name=other ssl-key=/no/such"),
                Map.of("migration-password", Secret.of("s3cret")));

        List<SettingFault> faults = provider.faults(settings);

        assertThat(faults.stream().map(SettingFault::keys))
                .contains(
                        List.of("url"),
                        List.of("port"),
                        List.of("url", "name"),
                        List.of("ssl-key"),
                        List.of("migration-password"));
        assertThatExceptionOfType(ConfigurationInvalid.class)
                .isThrownBy(() -> provider.open(settings, BackendListener.NONE).close())
                .withMessageContainingAll(faults.stream()
                        .map(fault -> String.join(", ", fault.keys()) + ": " + fault.message())
                        .toArray(String[]::new))
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("s3cret"));
    }

    @Test
    void a_server_cannot_be_verified_without_a_root_certificate() throws IOException {
        String fallback = Path.of(System.getProperty("user.home"), ".postgresql", "root.crt")
                .toString();
        assertThat(Path.of(fallback)).as("what the test needs").doesNotExist();
        Path root = Files.createFile(folder.resolve("root.crt"));

        for (String mode : List.of("verify-ca", "verify-full")) {
            assertThat(faults("postgresql://h/db", Map.of("ssl-mode", mode), Map.of()))
                    .singleElement()
                    .satisfies(fault -> {
                        assertThat(fault.keys()).containsExactly("ssl-mode");
                        assertThat(fault.message()).contains(mode, "ssl-root-cert", fallback);
                    });
            assertThat(faults("postgresql://h/db?sslmode=" + mode, NO_OPTIONS, Map.of()))
                    .singleElement()
                    .satisfies(fault -> assertThat(fault.message()).contains("'sslmode'", mode, fallback));
            assertThat(faults("postgresql://h/db?sslmode=" + mode, Map.of("ssl-root-cert", root.toString()), Map.of()))
                    .isEmpty();
        }
    }

    /** As libpq has it; the driver by itself would look at neither. */
    @Test
    void a_root_certificate_turns_require_into_verify_ca() throws IOException {
        Path root = Files.createFile(folder.resolve("root.crt"));
        Map<String, String> options = Map.of("ssl-mode", "require", "ssl-root-cert", root.toString());

        assertThat(PostgresSettings.of(settings("postgresql://h/db", options, Map.of()))
                        .parameters())
                .containsValue("verify-ca");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            postgresql://                             | localhost | 5432 | *    | public
            postgresql://u:p@h1:1,h2:2/db             | h1        | 1    | db   | public
            postgresql://u@h                          | h         | 5432 | u    | public
            postgresql://[::1]/db                     | ::1       | 5432 | db   | public
            postgresql://h/db?search_path=App,public  | h         | 5432 | db   | app
            jdbc:postgresql://h/db?currentSchema=%22Odd%22%22one%22,b | h | 5432 | db | Odd"one
            postgresql://h/db?search_path=            | h         | 5432 | db   |
            """)
    void a_place_is_read_off_a_url(String url, String host, int port, String database, @Nullable String schema) {
        assertThat(place(url, NO_OPTIONS))
                .isEqualTo(new DatabasePlace(
                        "postgresql", host, port, database.replace("*", System.getProperty("user.name")), schema));
    }

    @Test
    void a_place_is_read_off_the_options() {
        assertThat(place("postgresql://", options("host=h1,h2 port=5433 name=db user=u schema=app,public")))
                .isEqualTo(new DatabasePlace("postgresql", "h1", 5433, "db", "app"));
    }

    private static DatabasePlace place(String url, Map<String, String> options) {
        return PostgresSettings.of(settings(url, options, Map.of())).place();
    }

    private List<SettingFault> faults(String url, Map<String, String> options, Map<String, Secret> secrets) {
        return provider.faults(settings(url, options, secrets));
    }

    private static DatabaseSettings settings(String url, Map<String, String> options, Map<String, Secret> secrets) {
        return new DatabaseSettings("main", new DatabaseUrl(url), PoolSettings.DEFAULTS).with(options, secrets);
    }

    private static Map<String, String> options(@Nullable String list) {
        return Stream.of(list == null ? new String[0] : list.split(" ", -1))
                .filter(option -> !option.isEmpty())
                .map(option -> option.split("=", 2))
                .collect(Collectors.toMap(option -> option[0], option -> option[1]));
    }
}
