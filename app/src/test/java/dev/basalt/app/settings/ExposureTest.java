package dev.basalt.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.app.access.users.PasswordHash;
import dev.basalt.domain.settings.Secret;
import io.micronaut.context.env.MapPropertySource;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySourcePropertyResolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExposureTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "127.3.2.1"})
    void without_credentials_loopback_is_served(String host) {
        assertThat(faults(AccessSettings.DEFAULTS, host, Map.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "", "10.1.2.3", "192.168.0.1", "no-such-host.invalid"})
    void without_credentials_nothing_else_is_served(String host) {
        assertThat(faults(AccessSettings.DEFAULTS, host, Map.of()))
                .singleElement()
                .asString()
                .contains("micronaut.server.host (MICRONAUT_SERVER_HOST) is '" + host + "'")
                .contains("access.users-file (ACCESS_USERS_FILE)", "access.jwt-secret (ACCESS_JWT_SECRET)");
    }

    @Test
    void without_credentials_a_further_listener_must_be_on_loopback() {
        String listeners = "micronaut.server.netty.listeners.";

        assertThat(faults(AccessSettings.DEFAULTS, "127.0.0.1", Map.of(listeners + "web.port", "80")))
                .singleElement()
                .asString()
                .contains("micronaut.server.netty.listeners.web.host");
        assertThat(faults(AccessSettings.DEFAULTS, "127.0.0.1", Map.of(listeners + "web.host", "0.0.0.0")))
                .hasSize(1);
        assertThat(faults(
                        AccessSettings.DEFAULTS,
                        "127.0.0.1",
                        Map.of(listeners + "unix.family", "unix", listeners + "unix.path", "/tmp/x")))
                .hasSize(1);
        assertThat(faults(
                        AccessSettings.DEFAULTS,
                        "127.0.0.1",
                        Map.of(listeners + "web.host", "127.0.0.1", listeners + "web.port", "80")))
                .isEmpty();
    }

    @Test
    void a_listener_from_the_environment_is_seen() {
        var variables = new MapPropertySource("env", Map.of("MICRONAUT_SERVER_NETTY_LISTENERS_WEB_PORT", "80")) {
            @Override
            public PropertyConvention getConvention() {
                return PropertyConvention.ENVIRONMENT_VARIABLE;
            }
        };
        var resolver = new PropertySourcePropertyResolver(variables);

        assertThat(Exposure.faults(AccessSettings.DEFAULTS, "127.0.0.1", resolver))
                .isNotEmpty();
    }

    @Test
    void with_credentials_any_address_is_served() throws IOException {
        Path file = users("ada:admin:" + PasswordHash.ofPassword("x").value());

        assertThat(faults(access(file, null), "0.0.0.0", Map.of("micronaut.server.netty.listeners.web.port", "80")))
                .isEmpty();
        assertThat(faults(access(null, SECRET), "0.0.0.0", Map.of())).isEmpty();
    }

    @Test
    void a_short_key_is_a_fault_that_does_not_show_it() {
        assertThat(faults(access(null, SECRET.substring(1)), "127.0.0.1", Map.of()))
                .containsExactly("access.jwt-secret has 31 bytes: at least 32 are allowed");
    }

    @Test
    void the_faults_of_a_users_file_are_told_with_their_lines() throws IOException {
        Path file = users("ada:boss:x\n\n# a comment\nbob:viewer:planted");
        Path missing = folder.resolve("missing");

        assertThat(faults(access(file, null), "127.0.0.1", Map.of()))
                .hasSize(2)
                .anySatisfy(fault -> assertThat(fault).contains("access.users-file: '" + file + "': line 1: the role"))
                .anySatisfy(
                        fault -> assertThat(fault).contains("line 4: the hash").doesNotContain("planted"));
        assertThat(faults(access(missing, null), "127.0.0.1", Map.of()))
                .singleElement()
                .asString()
                .contains("cannot be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "host:80", "http://host", "::1", ""})
    void an_allowed_host_is_a_name_or_an_address(String host) {
        var access = new AccessSettings(null, null, null, null, List.of(host));

        assertThat(faults(access, "127.0.0.1", Map.of()))
                .containsExactly("access.allowed-hosts: '" + host
                        + "': host names and addresses without ports are allowed, IPv6 in brackets");
    }

    @Test
    void the_framework_s_own_switches_cannot_open_what_is_closed() {
        assertThat(faults(
                        AccessSettings.DEFAULTS,
                        "127.0.0.1",
                        Map.of(
                                "micronaut.security.enabled",
                                "false",
                                "micronaut.security.intercept-url-map[0].pattern",
                                "/**")))
                .hasSize(2)
                .allSatisfy(fault -> assertThat(fault).contains("micronaut.security.", "cannot be set"));
    }

    private Path users(String lines) throws IOException {
        return Files.writeString(folder.resolve("users"), lines);
    }

    private static AccessSettings access(@Nullable Path users, @Nullable String secret) {
        return new AccessSettings(users, secret == null ? null : Secret.of(secret), null, null, List.of());
    }

    private static List<String> faults(AccessSettings access, String host, Map<String, Object> properties) {
        return Exposure.faults(access, host, new PropertySourcePropertyResolver(PropertySource.of("test", properties)));
    }
}
