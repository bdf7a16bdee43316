package dev.basalt.domain.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderTest {

    @Test
    void the_largest_order_to_open_an_account_is_accepted() {
        var order = new OpenAccount("k".repeat(255), "o".repeat(200), "EUR", Long.MAX_VALUE);

        assertThat(order.openingBalance()).isEqualTo(Long.MAX_VALUE);
        assertThat(new OpenAccount("k", "o", "JPY", 0).openingBalance()).isZero();
    }

    @Test
    void a_key_has_1_to_255_characters() {
        for (String key : List.of("", "k".repeat(256))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new OpenAccount(key, "Ada", "EUR", 0))
                    .withMessageContaining("key has " + key.length() + " characters");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new TransferOrder(key, 1, 2, 1, ""))
                    .withMessageContaining("key has " + key.length() + " characters");
        }
    }

    @Test
    void an_owner_has_1_to_200_characters_and_not_just_blanks() {
        for (String owner : List.of("", " ", "\t\n", "o".repeat(201))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new OpenAccount("k", owner, "EUR", 0))
                    .withMessageContaining("owner");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "eur", "EURO", "E", "ABC", " EUR", "€", "978"})
    void a_currency_is_an_iso_code(String currency) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OpenAccount("k", "Ada", currency, 0))
                .withMessageContaining("'" + currency + "'");
        assertThat(OpenAccount.isCurrency(currency)).isFalse();
    }

    @Test
    void an_opening_balance_is_not_below_0() {
        for (long balance : List.of(-1L, Long.MIN_VALUE)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new OpenAccount("k", "Ada", "EUR", balance))
                    .withMessageContaining("opening_balance is " + balance);
        }
    }

    @Test
    void the_largest_transfer_order_is_accepted() {
        var order = new TransferOrder("k".repeat(255), Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, "d".repeat(500));

        assertThat(order.amount()).isEqualTo(Long.MAX_VALUE);
        assertThat(new TransferOrder("k", 1, 2, 1, "").description()).isEmpty();
    }

    @Test
    void money_goes_to_another_account() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TransferOrder("k", 7, 7, 1, ""))
                .withMessageContaining("to_account is 7");
    }

    @Test
    void an_amount_is_1_at_least() {
        for (long amount : List.of(0L, -1L, Long.MIN_VALUE)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new TransferOrder("k", 1, 2, amount, ""))
                    .withMessageContaining("amount is " + amount);
        }
    }

    @Test
    void a_description_has_500_characters_at_most() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TransferOrder("k", 1, 2, 1, "d".repeat(501)))
                .withMessageContaining("501");
    }

    @Test
    void only_insufficient_funds_are_recorded() {
        List<Refusal> refusals = List.of(
                new Refusal.InsufficientFunds(1, 1, "EUR"),
                new Refusal.UnknownAccounts(List.of(1L)),
                new Refusal.CurrencyMismatch("EUR", "USD"),
                new Refusal.SystemAccounts(List.of(1L)),
                new Refusal.BalanceOutOfRange(1),
                new Refusal.KeyReused("k"));

        assertThat(refusals)
                .<Class<?>>extracting(Object::getClass)
                .containsExactlyInAnyOrder(Refusal.class.getPermittedSubclasses());
        assertThat(refusals).filteredOn(Refusal::recorded).containsExactly(new Refusal.InsufficientFunds(1, 1, "EUR"));
    }
}
