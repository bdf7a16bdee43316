package dev.basalt.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.basalt.app.RunningApplication;
import dev.basalt.app.backends.Backends;
import dev.basalt.app.resilience.Resilience;
import dev.basalt.app.resilience.ResilienceListener;
import dev.basalt.contract.Caller;
import dev.basalt.contract.TestDatabase;
import dev.basalt.domain.failure.DatabaseFailure.ConstraintViolated;
import dev.basalt.domain.failure.DatabaseFailure.PoolExhausted;
import dev.basalt.domain.failure.DatabaseFailure.SerializationConflict;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.Backend;
import dev.basalt.ports.TransactionRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.basalt.contract.TestDatabase#installed")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit sets the parameter before anything else
class PrometheusHttpTest {

    /** Maven runs tests in their module's folder. */
    private static final Path DOCUMENT = Path.of("../docs/metrics.md");

    /** A row of the document: name, type, unit, labels, meaning. */
    private static final Pattern ROW = Pattern.compile(
            "^\\| `((?:basalt|hikaricp)_\\w+)` \\| (\\w+) \\| ([^|]*) \\| ([^|]*) \\| [^|]+ \\|$", Pattern.MULTILINE);

    private static final Pattern LABEL = Pattern.compile("`(\\w+)`");
    private static final Pattern OURS = Pattern.compile("(?:basalt|hikaricp)_.*");

    @Parameter
    private TestDatabase database;

    private RunningApplication application;

    @BeforeParameterizedClassInvocation
    void start() {
        application = RunningApplication.on(
                database.create(),
                "database.pools.second.url",
                database.create().value(),
                "database.pools.second.max-connections",
                "1",
                "database.pools.hasty.url",
                database.create().value(),
                "database.pools.hasty.max-connections",
                "1",
                "database.pools.hasty.acquire-timeout",
                "1s",
                "database.pools.away.url",
                "fake:away",
                "database.pools.away.critical",
                "false");
        // As it happens when others are in the way, which cannot be had for certain.
        application
                .context()
                .getBeansOfType(ResilienceListener.class)
                .forEach(listener -> listener.retried("primary", 1, new SerializationConflict("in the way", null)));
    }

    @AfterAll
    void stop() {
        application.close();
    }

    @Test
    void every_metric_of_ours_is_documented_and_every_documented_one_is_there() throws IOException {
        application.get("/api/v1/accounts");
        application.get("/api/v1/health?depth=deep");
        Scrape scrape = Scrape.of(application);
        var types = new TreeMap<String, String>();
        var labels = new TreeMap<String, TreeSet<String>>();
        ROW.matcher(Files.readString(DOCUMENT)).results().forEach((MatchResult row) -> {
            types.put(row.group(1), row.group(2));
            labels.put(
                    row.group(1),
                    LABEL.matcher(row.group(4))
                            .results()
                            .map((MatchResult label) -> label.group(1))
                            .collect(Collectors.toCollection(TreeSet::new)));
        });

        Map<String, String> ours = new TreeMap<>(scrape.types());
        ours.keySet().removeIf(name -> !OURS.matcher(name).matches());
        assertThat(ours).isEqualTo(types).hasSizeGreaterThan(20);
        labels.forEach(
                (name, documented) -> assertThat(scrape.labels(name)).as(name).isEqualTo(documented));
    }

    @Test
    void what_is_done_is_counted_and_measured() {
        Scrape before = Scrape.of(application);

        assertThat(application.get("/api/v1/accounts").status()).isEqualTo(200);
        Awaitility.await()
                .until(() -> Scrape.of(application).sum("basalt_heartbeat_seconds_count", "pool", "primary")
                        > before.sum("basalt_heartbeat_seconds_count", "pool", "primary"));
        Scrape after = Scrape.of(application);

        for (String count : new String[] {
            "basalt_statement_seconds_count",
            "hikaricp_connections_acquire_seconds_count",
            "hikaricp_connections_usage_seconds_count"
        }) {
            assertThat(after.sum(count, "pool", "primary"))
                    .as(count)
                    .isGreaterThan(before.sum(count, "pool", "primary"));
        }
        assertThat(after.sum("hikaricp_connections_creation_seconds_count", "pool", "primary"))
                .isPositive();
        assertThat(after.sum("hikaricp_connections", "pool", "primary")).isPositive();
        assertThat(after.sum("hikaricp_connections_max", "pool", "second")).isGreaterThanOrEqualTo(1);
        assertThat(after.sum("basalt_up", "pool", "second")).isEqualTo(1);
        assertThat(after.sum("basalt_health", "pool", "primary")).isEqualTo(1);
        assertThat(after.sum("basalt_up", "pool", "away")).isZero();
        assertThat(after.sum("basalt_heartbeat_failures_total", "pool", "away")).isEqualTo(1);
        assertThat(after.sum("basalt_schema_state", "pool", "primary", "state", "ready"))
                .isEqualTo(1);
        assertThat(after.sum("basalt_circuit_state", "pool", "primary", "state", "closed"))
                .isEqualTo(1);
    }

    @Test
    void pending_are_the_callers_that_queue_and_active_those_that_are_served() throws InterruptedException {
        TransactionRunner second =
                application.context().getBean(Backends.class).get("second").transactions();
        var inside = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        Caller<Boolean> holder =
                Caller.startOnPlatformThread(() -> second.inTransaction(TransactionOptions.WRITE, _ -> {
                    inside.countDown();
                    release.await();
                    return true;
                }));
        try {
            inside.await();
            Caller<Boolean> waiting =
                    Caller.startOnPlatformThread(() -> second.inTransaction(TransactionOptions.WRITE, _ -> true));
            Awaitility.await()
                    .until(() -> Scrape.of(application).sum("hikaricp_connections_pending", "pool", "second") == 1);
            assertThat(Scrape.of(application).sum("hikaricp_connections_active", "pool", "second"))
                    .isEqualTo(1);
            release.countDown();
            assertThat(waiting.answer()).isTrue();
        } finally {
            release.countDown();
        }
        assertThat(holder.answer()).isTrue();
        assertThat(Scrape.of(application).sum("hikaricp_connections_pending", "pool", "second"))
                .isZero();
    }

    @Test
    void who_gives_up_queueing_is_counted_and_what_came_back_is_idle() {
        Backend hasty = application.context().getBean(Backends.class).get("hasty");
        Awaitility.await().until(() -> hasty.pool().stats().idle() > 0);

        hasty.transactions()
                .inTransaction(
                        TransactionOptions.WRITE,
                        _ -> assertThat(Caller.start(() ->
                                                hasty.transactions().inTransaction(TransactionOptions.WRITE, _ -> true))
                                        .failure())
                                .isInstanceOf(PoolExhausted.class));

        Awaitility.await().until(() -> hasty.pool().stats().active() == 0);
        Scrape scrape = Scrape.of(application);
        assertThat(scrape.sum("hikaricp_connections_timeout_total", "pool", "hasty"))
                .isEqualTo((double) hasty.pool().stats().timeouts())
                .isPositive();
        assertThat(scrape.sum("hikaricp_connections_active", "pool", "hasty")).isZero();
        assertThat(scrape.sum("hikaricp_connections_idle", "pool", "hasty")).isPositive();
    }

    @Test
    void what_becomes_of_transactions_is_counted_for_each_pool_from_the_start() {
        Scrape before = Scrape.of(application);
        for (String pool : new String[] {"primary", "second", "hasty", "away"}) {
            assertThat(before.sum("basalt_errors_total", "pool", pool, "code", "outcome_unknown"))
                    .isZero();
            assertThat(before.sum("basalt_circuit_state", "pool", pool)).isEqualTo(1);
        }
        TransactionRunner second =
                application.context().getBean(Resilience.class).transactions("second");
        var attempts = new AtomicInteger();

        assertThat(second.<Boolean, RuntimeException>inTransaction(TransactionOptions.WRITE, _ -> {
                    if (attempts.incrementAndGet() == 1) {
                        throw new SerializationConflict("in the way", null);
                    }
                    return true;
                }))
                .isTrue();
        assertThatExceptionOfType(ConstraintViolated.class)
                .isThrownBy(() -> second.inTransaction(TransactionOptions.WRITE, _ -> {
                    throw new ConstraintViolated("twice", "pk", null);
                }));

        Scrape after = Scrape.of(application);
        assertThat(after.sum("basalt_retries_recovered_total", "pool", "second"))
                .isEqualTo(before.sum("basalt_retries_recovered_total", "pool", "second") + 1);
        assertThat(after.sum("basalt_errors_total", "pool", "second", "code", "constraint_violated"))
                .isEqualTo(before.sum("basalt_errors_total", "pool", "second", "code", "constraint_violated") + 1);
    }

    @Test
    void callers_add_no_series_whatever_they_send() {
        application.get("/api/v1/planted-path");
        application.get("/api/v1/accounts/987654");
        application.get("/api/v1/pools/planted-pool");
        application.get("/api/v1/schemas/planted-schema/tables/planted-table");
        application.method("PLANTED", "/api/v1/accounts");
        application.get("/docs/planted-file");

        Scrape scrape = Scrape.of(application);

        assertThat(scrape.sum("http_server_requests_seconds_count", "status", "404"))
                .isPositive();
        assertThat(scrape.text())
                .contains("jvm_memory_used_bytes")
                .doesNotContainIgnoringCase("planted")
                .doesNotContain("987654")
                .doesNotContain("SELECT");
    }
}
