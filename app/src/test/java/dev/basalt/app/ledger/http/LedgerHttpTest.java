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
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.basalt.contract.TestDatabase#installed")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LedgerHttpTest {

    private final TestDatabase database;
    private final RunningApplication application;

    LedgerHttpTest(TestDatabase database) {
        this.database = database;
        this.application = RunningApplication.on(database.create());
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
        JsonNode entries = entries(opened.id());
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
    void a_transfer_moves_money_and_leaves_an_entry_on_both_accounts() {
        long from = open("EUR", 100);
        long to = open("EUR", 0);

        Answer transfer = application.post("/api/v1/transfers", order(from, to, 30), "Idempotency-Key", "move-" + from);

        assertThat(transfer.status()).isEqualTo(201);
        assertThat(transfer.header("Idempotency-Key")).isEqualTo("move-" + from);
        assertThat(transfer.header("Location")).isEqualTo("/api/v1/transfers/" + transfer.id());
        assertThat(transfer.json().fieldNames())
                .toIterable()
                .containsExactly("id", "from_account", "to_account", "amount", "currency", "description", "created_at");
        assertThat(application.get(transfer.header("Location")).json()).isEqualTo(transfer.json());
        assertThat(balance(from)).isEqualTo(70);
        assertThat(balance(to)).isEqualTo(30);
        JsonNode debit = entries(from).path("items").path(1);
        assertThat(debit.path("transfer_id").asLong()).isEqualTo(transfer.id());
        assertThat(debit.path("amount").asLong()).isEqualTo(-30);
        assertThat(debit.path("balance_after").asLong()).isEqualTo(70);
        assertThat(debit.path("created_at").asText())
                .isEqualTo(transfer.json().path("created_at").asText());
        assertThat(entries(to).path("items").path(0).path("amount").asLong()).isEqualTo(30);
        assertThat(sumOfEntries()).isZero();
    }

    @Test
    void the_same_key_and_body_move_money_once() {
        long from = open("EUR", 100);
        long to = open("EUR", 0);
        String key = UUID.randomUUID().toString();

        Answer first = application.post("/api/v1/transfers", order(from, to, 60), "Idempotency-Key", key);
        Answer second = application.post("/api/v1/transfers", order(from, to, 60), "Idempotency-Key", key);

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(balance(from)).isEqualTo(40);
    }

    @Test
    void a_key_that_stands_for_another_order_is_refused() {
        long from = open("EUR", 100);
        long to = open("EUR", 0);
        String key = UUID.randomUUID().toString();
        application.post("/api/v1/transfers", order(from, to, 60), "Idempotency-Key", key);

        Answer other = application.post("/api/v1/transfers", order(from, to, 10), "Idempotency-Key", key);

        assertThat(other.status()).isEqualTo(409);
        assertThat(other.code()).isEqualTo("idempotency_key_reused");
        assertThat(other.header("Idempotency-Key")).isEqualTo(key);
        assertThat(balance(from)).isEqualTo(40);
    }

    @Test
    void without_a_key_the_server_makes_one_that_can_be_used_again() {
        long from = open("EUR", 100);
        long to = open("EUR", 0);
        Answer first = application.post("/api/v1/transfers", order(from, to, 60));
        String key = first.header("Idempotency-Key");

        Answer second = application.post("/api/v1/transfers", order(from, to, 60), "Idempotency-Key", key);

        assertThat(key).isNotEmpty();
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(balance(from)).isEqualTo(40);
    }

    @Test
    void an_overdraft_is_refused_and_stays_refused_under_its_key() {
        long from = open("EUR", 10);
        long to = open("EUR", 100);
        String key = UUID.randomUUID().toString();

        Answer refused = application.post("/api/v1/transfers", order(from, to, 11), "Idempotency-Key", key);
        application.post("/api/v1/transfers", order(to, from, 50));
        Answer again = application.post("/api/v1/transfers", order(from, to, 11), "Idempotency-Key", key);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("insufficient_funds");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("insufficient_funds");
        assertThat(balance(from)).isEqualTo(60);
    }

    @Test
    void a_transfer_between_currencies_is_refused_by_naming_both_accounts() {
        Answer refused = application.post("/api/v1/transfers", order(open("EUR", 10), open("USD", 0), 1));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("bad_request");
        assertThat(refused.json().path("errors").findValuesAsText("field"))
                .containsExactly("from_account", "to_account");
    }

    @Test
    void a_transfer_from_a_system_account_is_refused() {
        long account = open("CHF", 10);
        long system = application.number(database, "SELECT from_account FROM transfers WHERE to_account = " + account);

        Answer refused = application.post("/api/v1/transfers", order(system, account, 1));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("errors").findValuesAsText("field")).containsExactly("from_account");
        assertThat(balance(account)).isEqualTo(10);
    }

    @Test
    void a_transfer_to_an_unknown_account_is_not_found() {
        long from = open("EUR", 10);

        Answer refused = application.post("/api/v1/transfers", order(from, 987_654_321, 1));

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.code()).isEqualTo("not_found");
        assertThat(refused.json().path("errors").findValuesAsText("field")).containsExactly("to_account");
        assertThat(balance(from)).isEqualTo(10);
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
        long first = open("EUR", 1);
        long second = open("EUR", 1);
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

    private long open(String currency, long openingBalance) {
        Answer opened = application.post(
                "/api/v1/accounts",
                "{\"owner\":\"somebody\",\"currency\":\"%s\",\"opening_balance\":%d}"
                        .formatted(currency, openingBalance));
        assertThat(opened.status()).as(opened.text()).isEqualTo(201);
        return opened.id();
    }

    private long balance(long account) {
        return application
                .get("/api/v1/accounts/" + account)
                .json()
                .path("balance")
                .asLong();
    }

    private JsonNode entries(long account) {
        return application.get("/api/v1/accounts/" + account + "/entries").json();
    }

    private long sumOfEntries() {
        return application.number(database, "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM entries");
    }

    static String order(long from, long to, long amount) {
        return "{\"from_account\":%d,\"to_account\":%d,\"amount\":%d,\"description\":\"rent\"}"
                .formatted(from, to, amount);
    }
}
