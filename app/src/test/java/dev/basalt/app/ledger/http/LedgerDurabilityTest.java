package dev.basalt.app.ledger.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.app.RunningApplication;
import dev.basalt.app.RunningApplication.Answer;
import dev.basalt.contract.TestDatabase;
import dev.basalt.domain.settings.DatabaseUrl;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LedgerDurabilityTest {

    static List<TestDatabase> durable() {
        return TestDatabase.installed().stream().filter(TestDatabase::durable).toList();
    }

    @ParameterizedTest
    @MethodSource("durable")
    void what_was_booked_is_there_after_a_restart(TestDatabase database) {
        DatabaseUrl url = database.create();
        Answer opened;
        Answer transfer;
        try (var application = RunningApplication.on(url)) {
            opened = application.post(
                    "/api/v1/accounts", "{\"owner\":\"Ada\",\"currency\":\"EUR\",\"opening_balance\":500}");
            Answer other = application.post("/api/v1/accounts", "{\"owner\":\"Bob\",\"currency\":\"EUR\"}");
            transfer = application.post(
                    "/api/v1/transfers", LedgerCalls.order(opened.id(), other.id(), 20), "Idempotency-Key", "once");
            assertThat(transfer.status()).isEqualTo(201);
        }

        try (var application = RunningApplication.on(url)) {
            assertThat(application
                            .get("/api/v1/accounts/" + opened.id())
                            .json()
                            .path("balance")
                            .asLong())
                    .isEqualTo(480);
            assertThat(application.get("/api/v1/transfers/" + transfer.id()).text())
                    .isEqualTo(transfer.text());
            Answer again = application.post(
                    "/api/v1/transfers",
                    LedgerCalls.order(
                            opened.id(), transfer.json().path("to_account").asLong(), 20),
                    "Idempotency-Key",
                    "once");
            assertThat(again.text()).isEqualTo(transfer.text());
        }
    }
}
