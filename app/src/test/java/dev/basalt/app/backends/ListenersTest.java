package dev.basalt.app.backends;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.domain.health.Heartbeat;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.ports.BackendListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenersTest {

    @Test
    void every_event_is_passed_on() {
        assertThat(Arrays.stream(BackendListener.class.getDeclaredMethods())
                        .filter(method -> !method.isSynthetic())
                        .map(method -> method.getName()))
                .isNotEmpty()
                .allSatisfy(event -> assertThat(Arrays.stream(Listeners.class.getDeclaredMethods())
                                .map(method -> method.getName()))
                        .contains(event));
    }

    @Test
    void one_that_throws_does_not_keep_the_others_from_listening() {
        var heard = new ArrayList<String>();
        BackendListener broken = new BackendListener() {
            @Override
            public void healthChanged(String pool, Heartbeat heartbeat) {
                throw new IllegalStateException("broken");
            }
        };
        BackendListener listening = new BackendListener() {
            @Override
            public void healthChanged(String pool, Heartbeat heartbeat) {
                heard.add(pool);
            }
        };

        var backend = new FakeProvider()
                .open(
                        new DatabaseSettings("primary", new DatabaseUrl("fake:x"), PoolSettings.DEFAULTS),
                        new Listeners(List.of(broken, listening)));
        ((FakeBackend) backend).comes();

        assertThat(heard).containsExactly("primary");
    }
}
