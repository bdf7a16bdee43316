package dev.basalt.domain.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolSettingsTest {

    @Test
    void the_defaults_are_those_of_the_reference() {
        PoolSettings defaults = PoolSettings.DEFAULTS;

        assertThat(defaults.maxConnections()).isEqualTo(10);
        assertThat(defaults.minConnections()).isEqualTo(1);
        assertThat(defaults.acquireTimeout()).hasSeconds(10);
        assertThat(defaults.idleTimeout()).hasMinutes(10);
        assertThat(defaults.maxLifetime()).hasMinutes(30);
        assertThat(defaults.connectTimeout()).hasSeconds(5);
        assertThat(defaults.queryTimeout()).hasSeconds(30);
        assertThat(defaults.statementCacheSize()).isEqualTo(100);
        assertThat(defaults.validateOnAcquire()).isFalse();
    }

    @Test
    void a_pool_has_one_connection_at_least() {
        assertThat(connections(1, 1).maxConnections()).isOne();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> connections(0, 0))
                .withMessage("max_connections is 0: at least 1 is allowed");
        assertThatIllegalArgumentException().isThrownBy(() -> connections(-1, 0));
    }

    @Test
    void the_minimum_is_between_0_and_the_maximum() {
        assertThat(connections(5, 0).minConnections()).isZero();
        assertThat(connections(5, 5).minConnections()).isEqualTo(5);
        for (int min : List.of(-1, 6)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> connections(5, min))
                    .withMessageContaining("min_connections is " + min)
                    .withMessageContaining("5");
        }
    }

    @Test
    void callers_wait_for_at_least_a_millisecond() {
        assertThat(timeouts(Duration.ofMillis(1), ofSeconds(5), ofSeconds(30)).acquireTimeout())
                .hasMillis(1);
        for (Duration bad : List.of(Duration.ZERO, Duration.ofNanos(999_999), ofSeconds(-1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> timeouts(bad, ofSeconds(5), ofSeconds(30)))
                    .withMessageContaining("acquire_timeout is " + bad);
        }
    }

    @Test
    void connecting_may_take_at_least_a_second() {
        assertThat(timeouts(ofSeconds(10), ofSeconds(1), ofSeconds(30)).connectTimeout())
                .hasSeconds(1);
        for (Duration bad : List.of(Duration.ZERO, Duration.ofMillis(999), ofSeconds(-1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> timeouts(ofSeconds(10), bad, ofSeconds(30)))
                    .withMessageContaining("connect_timeout is " + bad);
        }
    }

    @Test
    void a_statement_may_run_for_at_least_a_millisecond() {
        assertThat(timeouts(ofSeconds(10), ofSeconds(5), Duration.ofMillis(1)).queryTimeout())
                .hasMillis(1);
        for (Duration bad : List.of(Duration.ZERO, Duration.ofNanos(999_999), ofSeconds(-1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> timeouts(ofSeconds(10), ofSeconds(5), bad))
                    .withMessageContaining("query_timeout is " + bad);
        }
    }

    @Test
    void a_connection_lives_for_ever_or_for_30_seconds_at_least() {
        assertThat(ages(Duration.ZERO, Duration.ZERO).maxLifetime()).isZero();
        assertThat(ages(Duration.ZERO, ofSeconds(30)).maxLifetime()).hasSeconds(30);
        for (Duration bad : List.of(Duration.ofMillis(29_999), Duration.ofMillis(1), ofSeconds(-60))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ages(Duration.ZERO, bad))
                    .withMessageContaining("max_lifetime is " + bad);
        }
    }

    @Test
    void a_connection_idles_for_ever_or_for_10_seconds_at_least() {
        assertThat(ages(ofSeconds(10), Duration.ZERO).idleTimeout()).hasSeconds(10);
        assertThat(ages(ofSeconds(3600), Duration.ZERO).idleTimeout()).hasHours(1);
        for (Duration bad : List.of(Duration.ofMillis(9_999), Duration.ofMillis(1), ofSeconds(-60))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ages(bad, Duration.ZERO))
                    .withMessageContaining("idle_timeout is " + bad);
        }
    }

    @Test
    void a_connection_idles_for_less_time_than_it_lives() {
        assertThat(ages(ofSeconds(58), ofSeconds(60)).idleTimeout()).hasSeconds(58);
        for (Duration bad : List.of(ofSeconds(59), ofSeconds(60), ofSeconds(61))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ages(bad, ofSeconds(60)))
                    .withMessageContaining("idle_timeout is " + bad)
                    .withMessageContaining("max_lifetime, which is PT1M");
        }
    }

    @Test
    void no_duration_is_too_long_to_be_judged() {
        Duration ages = ofSeconds(Long.MAX_VALUE);

        for (Runnable making : List.<Runnable>of(
                () -> timeouts(ages, ofSeconds(5), ofSeconds(30)),
                () -> timeouts(ofSeconds(10), ages, ofSeconds(30)),
                () -> timeouts(ofSeconds(10), ofSeconds(5), ages),
                () -> ages(ages, ofSeconds(60)))) {
            Throwable refusal = catchThrowable(making::run);
            assertThat(refusal == null || refusal instanceof IllegalArgumentException)
                    .as("accepted or refused, but not %s", refusal)
                    .isTrue();
        }
    }

    @Test
    void the_statement_cache_may_be_off() {
        assertThat(cache(0).statementCacheSize()).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cache(-1))
                .withMessage("statement_cache_size is -1: at least 0 is allowed");
    }

    private static Duration ofSeconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static PoolSettings connections(int max, int min) {
        return settings(max, min, ofSeconds(10), ofSeconds(600), ofSeconds(1800), ofSeconds(5), ofSeconds(30), 100);
    }

    private static PoolSettings timeouts(Duration acquire, Duration connect, Duration query) {
        return settings(10, 1, acquire, ofSeconds(600), ofSeconds(1800), connect, query, 100);
    }

    private static PoolSettings ages(Duration idle, Duration lifetime) {
        return settings(10, 1, ofSeconds(10), idle, lifetime, ofSeconds(5), ofSeconds(30), 100);
    }

    private static PoolSettings cache(int statements) {
        return settings(10, 1, ofSeconds(10), ofSeconds(600), ofSeconds(1800), ofSeconds(5), ofSeconds(30), statements);
    }

    private static PoolSettings settings(
            int max,
            int min,
            Duration acquire,
            Duration idle,
            Duration lifetime,
            Duration connect,
            Duration query,
            int statements) {
        return new PoolSettings(max, min, acquire, idle, lifetime, connect, query, statements, false);
    }
}
