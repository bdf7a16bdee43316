package dev.basalt.app.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.basalt.app.RunningApplication;
import dev.basalt.app.RunningApplication.Answer;
import dev.basalt.app.backends.Backends;
import dev.basalt.app.backends.FakeBackend;
import dev.basalt.app.backends.UnknownPool;
import dev.basalt.app.lifecycle.NotReady;
import dev.basalt.app.lifecycle.SchemaState;
import dev.basalt.app.lifecycle.Schemas;
import dev.basalt.contract.TestDatabase;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.failure.DatabaseFailure.OutcomeUnknown;
import dev.basalt.domain.failure.DatabaseFailure.SerializationConflict;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.TransactionRunner;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The service with a further database that is not critical, and of which the test decides how it is. */
@ParameterizedClass
@MethodSource("dev.basalt.contract.TestDatabase#installed")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit sets the parameter before anything else
class ResilienceHttpTest {

    @Parameter
    private TestDatabase database;

    private RunningApplication application;
    private Resilience resilience;
    private FakeBackend other;

    @BeforeParameterizedClassInvocation
    void start() {
        application = RunningApplication.on(
                database.create(),
                "database.pools.other.url",
                "fake:other",
                "database.pools.other.critical",
                "false",
                "database.pools.other.migrate",
                "true",
                "database.pools.other.retry-base-delay",
                "0",
                "database.pools.other.breaker-failures",
                "2");
        resilience = application.context().getBean(Resilience.class);
        other = (FakeBackend) application.context().getBean(Backends.class).get("other");
    }

    @BeforeEach
    void all_is_well() {
        other.forgetsFailures();
        other.goes();
        other.comes();
        Schemas schemas = application.context().getBean(Schemas.class);
        Awaitility.await()
                .until(() -> schemas.of("other").map(SchemaState::ready).orElseThrow());
    }

    @AfterAll
    void stop() {
        application.close();
    }

    private String circuit(String pool) {
        return application.get("/api/v1/pools/" + pool).json().path("circuit").asText();
    }

    @Test
    void the_catalogue_is_read_again_when_the_connection_was_lost() {
        other.fails(new ConnectionFailed("lost", null), new SerializationConflict("in the way", null));

        Answer schemas = application.get("/api/v1/schemas?pool=other");

        assertThat(schemas.status()).as(schemas.text()).isEqualTo(200);
        assertThat(schemas.json()).hasSize(1);
    }

    @Test
    void a_database_that_went_down_is_left_alone_and_the_answer_says_when_to_come_back() {
        other.goes();

        Answer refused = application.get("/api/v1/schemas?pool=other");

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.code()).isEqualTo("circuit_open");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
        assertThat(refused.text()).doesNotContain("host.example");
        assertThat(circuit("other")).isEqualTo("open");
        assertThat(circuit("primary")).isEqualTo("closed");
        assertThat(application.get("/api/v1/accounts").status()).isEqualTo(200);

        other.comes();
        assertThat(circuit("other")).isEqualTo("closed");
        assertThat(application.get("/api/v1/schemas?pool=other").status()).isEqualTo(200);
    }

    @Test
    void a_circuit_that_opened_beside_a_good_heartbeat_makes_the_database_degraded() {
        other.fails(new ConnectionFailed("lost", null), new ConnectionFailed("lost", null));
        TransactionRunner transactions = resilience.transactions("other");
        assertThatThrownBy(() -> transactions.inTransaction(TransactionOptions.WRITE, _ -> {
                    throw new ConnectionFailed("lost", null);
                }))
                .isNotNull();

        assertThat(circuit("other")).isIn("open", "half_open");
        Answer health = application.get("/api/v1/health");
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.json().path("dependencies").path(1).path("code").asText())
                .isEqualTo("circuit_open");
        assertThat(health.json().path("dependencies").path(1).path("status").asText())
                .isEqualTo("DEGRADED");

        Awaitility.await()
                .until(() -> application.get("/api/v1/schemas?pool=other").status() == 200);
        assertThat(circuit("other")).isEqualTo("closed");
    }

    @Test
    void an_unknown_outcome_stays_so_when_the_schema_is_not_ready_to_find_out() {
        TransactionRunner transactions = resilience.transactions("other");

        assertThatThrownBy(() -> transactions.inTransaction(TransactionOptions.WRITE.asIdempotent(), _ -> {
                    assertThat(application
                                    .post("/api/v1/migrations/revert?pool=other", "")
                                    .status())
                            .isEqualTo(200);
                    throw new OutcomeUnknown("lost while committing", null);
                }))
                .isInstanceOf(OutcomeUnknown.class)
                .satisfies(thrown ->
                        assertThat(thrown.getSuppressed()).singleElement().isInstanceOf(NotReady.class));

        assertThat(application.get("/api/v1/schemas?pool=other").status())
                .as("what there is can be looked at whatever the schema")
                .isEqualTo(200);
        assertThat(application.post("/api/v1/migrations/migrate?pool=other", "").status())
                .isEqualTo(200);
    }

    @Test
    void the_use_cases_transactions_are_the_primary_pools() {
        TransactionRunner transactions = application.context().getBean(TransactionRunner.class);

        assertThat(transactions).isSameAs(resilience.transactions("primary"));
        boolean inside = transactions.inTransaction(
                TransactionOptions.READ,
                _ -> application
                        .context()
                        .getBean(Backends.class)
                        .primary()
                        .transactions()
                        .isRunning());
        assertThat(inside).isTrue();
    }

    @Test
    void a_pool_that_is_not_there_has_neither_transactions_nor_a_circuit() {
        assertThatThrownBy(() -> resilience.transactions("nowhere")).isInstanceOf(UnknownPool.class);
        assertThatThrownBy(() -> resilience.transactionsOnAnySchema("nowhere")).isInstanceOf(UnknownPool.class);
        assertThatThrownBy(() -> resilience.circuit("nowhere")).isInstanceOf(UnknownPool.class);
    }
}
