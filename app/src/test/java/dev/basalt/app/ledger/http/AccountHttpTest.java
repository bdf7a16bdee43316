package dev.basalt.app.ledger.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.basalt.app.RunningApplication;
import dev.basalt.app.RunningApplication.Answer;
import dev.basalt.contract.TestDatabase;
import java.time.Instant;
import java.util.UUID;
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
class AccountHttpTest {

    @Parameter
    private TestDatabase database;

    private RunningApplication application;
    private LedgerCalls ledger;

    @BeforeParameterizedClassInvocation
    void start() {
        application = RunningApplication.on(database.create());
        ledger = new LedgerCalls(application);
    }

    @AfterAll
    void stop() {
        application.close();
    }

    @Test
    void an_opened_account_is_there_under_its_location() {
        Answer opened = application.post(
                "/api/v1/accounts", "{\"owner\":\"Ada\",\"currency\":\"EUR\",\"opening_balance\":500}");

        assertThat(opened.status()).isEqualTo(201);
        assertThat(opened.header("Location")).isEqualTo("/api/v1/accounts/" + opened.id());
        assertThat(opened.json().fieldNames())
                .toIterable()
                .containsExactly("id", "owner", "currency", "balance", "version", "created_at");
        assertThat(opened.json().path("owner").asText()).isEqualTo("Ada");
        assertThat(opened.json().path("balance").asLong()).isEqualTo(500);
        assertThat(Instant.parse(opened.json().path("created_at").asText()))
                .isBefore(Instant.now().plusSeconds(60));
        assertThat(application.get(opened.header("Location")).json()).isEqualTo(opened.json());
    }

    @Test
    void an_account_opens_with_nothing_on_it_unless_told() {
        Answer opened = application.post("/api/v1/accounts", "{\"owner\":\"Ada\",\"currency\":\"EUR\"}");

        assertThat(opened.status()).isEqualTo(201);
        assertThat(opened.json().path("balance").asLong()).isZero();
        JsonNode entries = ledger.entries(opened.id());
        assertThat(entries.path("items")).isEmpty();
        assertThat(entries.path("has_next").asBoolean()).isFalse();
    }

    @Test
    void opening_again_under_the_same_key_gives_the_same_answer() {
        String key = UUID.randomUUID().toString();
        String body = "{\"owner\":\"Ada\",\"currency\":\"EUR\",\"opening_balance\":7}";

        Answer first = application.post("/api/v1/accounts", body, "Idempotency-Key", key);
        Answer second = application.post("/api/v1/accounts", body, "Idempotency-Key", key);

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    }

    @Test
    void a_balance_beyond_64_bits_is_refused() {
        try (var other = RunningApplication.on(database.create())) {
            Answer full = other.post(
                    "/api/v1/accounts",
                    "{\"owner\":\"Ada\",\"currency\":\"EUR\",\"opening_balance\":" + Long.MAX_VALUE + "}");
            Answer more =
                    other.post("/api/v1/accounts", "{\"owner\":\"Ada\",\"currency\":\"EUR\",\"opening_balance\":2}");

            assertThat(full.status()).isEqualTo(201);
            assertThat(more.status()).isEqualTo(409);
            assertThat(more.code()).isEqualTo("constraint_violated");
            assertThat(other.number(database, "SELECT COUNT(*) FROM entries")).isEqualTo(2);
        }
    }

    @Test
    void accounts_come_in_pages_without_the_system_accounts() {
        long first = ledger.open("EUR", 1);
        long second = ledger.open("EUR", 1);
        long total = application
                .get("/api/v1/accounts?total=true")
                .json()
                .path("total")
                .asLong();

        JsonNode last = application
                .get("/api/v1/accounts?page_size=1&total=true&page=" + total)
                .json();
        JsonNode before = application
                .get("/api/v1/accounts?page_size=1&page=" + (total - 1))
                .json();
        JsonNode beyond = application
                .get("/api/v1/accounts?page_size=1000&page=2147483647")
                .json();

        assertThat(last.path("items").path(0).path("id").asLong()).isEqualTo(second);
        assertThat(last.path("has_next").asBoolean()).isFalse();
        assertThat(last.path("total").asLong()).isEqualTo(total);
        assertThat(before.path("items").path(0).path("id").asLong()).isEqualTo(first);
        assertThat(before.path("has_next").asBoolean()).isTrue();
        assertThat(before.has("total")).isFalse();
        assertThat(beyond.path("items")).isEmpty();
        assertThat(application.get("/api/v1/accounts").json().path("page_size").asInt())
                .isEqualTo(50);
    }

    @Test
    void what_was_never_given_out_is_not_found() {
        for (String path : new String[] {
            "/api/v1/accounts/987654321",
            "/api/v1/accounts/abc",
            "/api/v1/accounts/-1",
            "/api/v1/accounts/1.5",
            "/api/v1/accounts/99999999999999999999",
            "/api/v1/accounts/987654321/entries",
            "/api/v1/accounts/abc/entries",
            "/api/v1/transfers/987654321",
            "/api/v1/transfers/abc"
        }) {
            Answer answer = application.get(path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.code()).as(path).isEqualTo("not_found");
        }
    }
}
