package dev.basalt.app.ledger.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.basalt.app.RunningApplication;
import dev.basalt.app.RunningApplication.Answer;

/** What tests of the ledger ask for again and again. */
record LedgerCalls(RunningApplication application) {

    long open(String currency, long openingBalance) {
        Answer opened = application.post(
                "/api/v1/accounts",
                "{\"owner\":\"somebody\",\"currency\":\"%s\",\"opening_balance\":%d}"
                        .formatted(currency, openingBalance));
        assertThat(opened.status()).as(opened.text()).isEqualTo(201);
        return opened.id();
    }

    long balance(long account) {
        return application
                .get("/api/v1/accounts/" + account)
                .json()
                .path("balance")
                .asLong();
    }

    JsonNode entries(long account) {
        return application.get("/api/v1/accounts/" + account + "/entries").json();
    }

    static String order(long from, long to, long amount) {
        return "{\"from_account\":%d,\"to_account\":%d,\"amount\":%d,\"description\":\"rent\"}"
                .formatted(from, to, amount);
    }
}
