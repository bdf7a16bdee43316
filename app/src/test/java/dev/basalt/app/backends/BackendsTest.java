package dev.basalt.app.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.basalt.app.settings.BreakerSettings;
import dev.basalt.app.settings.PoolConfiguration;
import dev.basalt.app.settings.Providers;
import dev.basalt.app.settings.RetrySettings;
import dev.basalt.app.settings.StatementLogging;
import dev.basalt.contract.Caller;
import dev.basalt.domain.failure.DatabaseFailure.ConfigurationInvalid;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendListener;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackendsTest {

    private final FakeProvider provider = new FakeProvider();
    private final Backends backends = new Backends(new Providers(List.of(provider)), _ -> BackendListener.NONE);

    @Test
    void what_was_opened_is_found_by_its_name() {
        backends.open(List.of(pool("primary", "fake:a"), pool("reports", "fake:b")));

        assertThat(backends.primary().pool().name()).isEqualTo("primary");
        assertThat(backends.get("reports").pool().name()).isEqualTo("reports");
        assertThat(backends.all().keySet()).containsExactly("primary", "reports");
    }

    @Test
    void an_unknown_name_is_told() {
        backends.open(List.of(pool("primary", "fake:a")));

        assertThatThrownBy(() -> backends.get("nope"))
                .isInstanceOfSatisfying(
                        UnknownPool.class, unknown -> assertThat(unknown.pool()).isEqualTo("nope"));
    }

    @Test
    void a_name_twice_is_an_error_and_leaves_the_first_open() {
        Backend first = backends.add(pool("reports", "fake:a"));

        assertThatThrownBy(() -> backends.add(pool("reports", "fake:b")))
                .isInstanceOf(ConfigurationInvalid.class)
                .hasMessageContaining("'reports' is open already");
        assertThat(backends.get("reports")).isSameAs(first);
        assertThat(provider.opened()).hasSize(1);
    }

    @Test
    void of_many_that_add_one_name_at_once_one_succeeds() {
        List<Caller<Boolean>> callers = IntStream.range(0, 50)
                .mapToObj(i -> Caller.start(() -> {
                    try {
                        return backends.add(pool("reports", "fake:" + i))
                                .pool()
                                .name()
                                .equals("reports");
                    } catch (ConfigurationInvalid e) {
                        return false;
                    }
                }))
                .toList();

        assertThat(callers.stream().map(Caller::answer).filter(Boolean::booleanValue))
                .hasSize(1);
        assertThat(provider.opened()).hasSize(1);
    }

    @Test
    void when_one_cannot_be_opened_all_faults_are_told_and_the_others_closed() {
        assertThatThrownBy(() -> backends.open(
                        List.of(pool("primary", "fake:a"), pool("b", "fake:refused"), pool("c", "fake:refused"))))
                .isInstanceOf(ConfigurationInvalid.class)
                .hasMessageContainingAll("2 faults", "pool 'b'", "pool 'c'");
        assertThat(provider.opened()).hasSize(1).allMatch(FakeBackend::isClosed);
    }

    @Test
    void closing_closes_each_once_and_nothing_can_be_added_afterwards() {
        backends.open(List.of(pool("primary", "fake:a"), pool("reports", "fake:b")));

        backends.close();
        backends.close();

        assertThat(provider.opened()).hasSize(2).allMatch(backend -> backend.timesClosed() == 1);
        assertThat(backends.all()).isEmpty();
        assertThatThrownBy(() -> backends.add(pool("late", "fake:c"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void two_backends_for_one_url_are_an_error_that_names_both() {
        var twice = new Providers(List.of(new FakeProvider("one", "fake:"), new FakeProvider("two", "fake:x")));

        assertThatThrownBy(() -> twice.opening(new DatabaseUrl("fake:x")))
                .isInstanceOf(ConfigurationInvalid.class)
                .hasMessageContainingAll("more than one", "one (fake:)", "two (fake:x)");
    }

    private static PoolConfiguration pool(String name, String url) {
        return new PoolConfiguration(
                new DatabaseSettings(name, new DatabaseUrl(url), PoolSettings.DEFAULTS),
                StatementLogging.DEFAULTS,
                RetrySettings.DEFAULTS,
                BreakerSettings.DEFAULTS,
                true,
                false);
    }
}
