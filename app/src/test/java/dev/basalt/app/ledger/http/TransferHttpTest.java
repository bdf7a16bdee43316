package dev.basalt.app.ledger.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.basalt.app.RunningApplication;
import dev.basalt.app.RunningApplication.Answer;
import dev.basalt.contract.TestDatabase;
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
class TransferHttpTest {

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
    void a_transfer_moves_money_and_leaves_an_entry_on_both_accounts() {
        long from = ledger.open("EUR", 100);
        long to = ledger.open("EUR", 0);

        Answer transfer = application.post(
                "/api/v1/transfers", LedgerCalls.order(from, to, 30), "Idempotency-Key", "move-" + from);

        assertThat(transfer.status()).isEqualTo(201);
        assertThat(transfer.header("Idempotency-Key")).isEqualTo("move-" + from);
        assertThat(transfer.header("Location")).isEqualTo("/api/v1/transfers/" + transfer.id());
        assertThat(transfer.json().fieldNames())
                .toIterable()
                .containsExactly("id", "from_account", "to_account", "amount", "currency", "description", "created_at");
        assertThat(application.get(transfer.header("Location")).json()).isEqualTo(transfer.json());
        assertThat(ledger.balance(from)).isEqualTo(70);
        assertThat(ledger.balance(to)).isEqualTo(30);
        JsonNode debit = ledger.entries(from).path("items").path(1);
        assertThat(debit.path("transfer_id").asLong()).isEqualTo(transfer.id());
        assertThat(debit.path("amount").asLong()).isEqualTo(-30);
        assertThat(debit.path("balance_after").asLong()).isEqualTo(70);
        assertThat(debit.path("created_at").asText())
                .isEqualTo(transfer.json().path("created_at").asText());
        assertThat(ledger.entries(to).path("items").path(0).path("amount").asLong())
                .isEqualTo(30);
        assertThat(application.number(database, "SELECT CAST(SUM(amount) AS BIGINT) FROM entries"))
                .isZero();
    }

    @Test
    void the_same_key_and_body_move_money_once() {
        long from = ledger.open("EUR", 100);
        long to = ledger.open("EUR", 0);
        String key = UUID.randomUUID().toString();

        Answer first = application.post("/api/v1/transfers", LedgerCalls.order(from, to, 60), "Idempotency-Key", key);
        Answer second = application.post("/api/v1/transfers", LedgerCalls.order(from, to, 60), "Idempotency-Key", key);

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(ledger.balance(from)).isEqualTo(40);
    }

    @Test
    void a_key_that_stands_for_another_order_is_refused() {
        long from = ledger.open("EUR", 100);
        long to = ledger.open("EUR", 0);
        String key = UUID.randomUUID().toString();
        application.post("/api/v1/transfers", LedgerCalls.order(from, to, 60), "Idempotency-Key", key);

        Answer other = application.post("/api/v1/transfers", LedgerCalls.order(from, to, 10), "Idempotency-Key", key);

        assertThat(other.status()).isEqualTo(409);
        assertThat(other.code()).isEqualTo("idempotency_key_reused");
        assertThat(other.header("Idempotency-Key")).isEqualTo(key);
        assertThat(ledger.balance(from)).isEqualTo(40);
    }

    @Test
    void without_a_key_the_server_makes_one_that_can_be_used_again() {
        long from = ledger.open("EUR", 100);
        long to = ledger.open("EUR", 0);
        Answer first = application.post("/api/v1/transfers", LedgerCalls.order(from, to, 60));
        String key = first.header("Idempotency-Key");

        Answer second = application.post("/api/v1/transfers", LedgerCalls.order(from, to, 60), "Idempotency-Key", key);

        assertThat(key).isNotEmpty();
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(ledger.balance(from)).isEqualTo(40);
    }

    @Test
    void an_overdraft_is_refused_and_stays_refused_under_its_key() {
        long from = ledger.open("EUR", 10);
        long to = ledger.open("EUR", 100);
        String key = UUID.randomUUID().toString();

        Answer refused = application.post("/api/v1/transfers", LedgerCalls.order(from, to, 11), "Idempotency-Key", key);
        application.post("/api/v1/transfers", LedgerCalls.order(to, from, 50));
        Answer again = application.post("/api/v1/transfers", LedgerCalls.order(from, to, 11), "Idempotency-Key", key);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("insufficient_funds");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("insufficient_funds");
        assertThat(ledger.balance(from)).isEqualTo(60);
    }

    @Test
    void a_transfer_between_currencies_is_refused_by_naming_both_accounts() {
        Answer refused = application.post(
                "/api/v1/transfers", LedgerCalls.order(ledger.open("EUR", 10), ledger.open("USD", 0), 1));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("bad_request");
        assertThat(refused.json().path("errors").findValuesAsText("field"))
                .containsExactly("from_account", "to_account");
    }

    @Test
    void a_transfer_from_a_system_account_is_refused() {
        long account = ledger.open("CHF", 10);
        long system = application.number(database, "SELECT from_account FROM transfers WHERE to_account = " + account);

        Answer refused = application.post("/api/v1/transfers", LedgerCalls.order(system, account, 1));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("errors").findValuesAsText("field")).containsExactly("from_account");
        assertThat(ledger.balance(account)).isEqualTo(10);
    }

    @Test
    void a_transfer_to_an_unknown_account_is_not_found() {
        long from = ledger.open("EUR", 10);

        Answer refused = application.post("/api/v1/transfers", LedgerCalls.order(from, 987_654_321, 1));

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.code()).isEqualTo("not_found");
        assertThat(refused.json().path("errors").findValuesAsText("field")).containsExactly("to_account");
        assertThat(ledger.balance(from)).isEqualTo(10);
    }
}
