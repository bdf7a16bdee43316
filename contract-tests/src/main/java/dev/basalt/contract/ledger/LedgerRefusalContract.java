package dev.basalt.contract.ledger;

import static dev.basalt.contract.ledger.Books.completed;
import static dev.basalt.contract.ledger.Books.opened;
import static dev.basalt.contract.ledger.Books.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.contract.BackendFixture;
import dev.basalt.contract.TestDatabase;
import dev.basalt.domain.ledger.Account;
import dev.basalt.domain.ledger.AccountOutcome;
import dev.basalt.domain.ledger.OpenAccount;
import dev.basalt.domain.ledger.Refusal;
import dev.basalt.domain.ledger.TransferOrder;
import dev.basalt.domain.ledger.TransferOutcome;
import dev.basalt.ports.Backend;
import dev.basalt.ports.ledger.Ledger;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which orders a {@link Ledger} refuses, and what becomes of their keys. */
@Timeout(120)
public abstract class LedgerRefusalContract {

    private static final long NOBODY = 987_654_321;

    private final BackendFixture fixture;
    private Backend backend;
    private Books books;

    @SuppressWarnings("NullAway.Init") // JUnit calls migrate_a_backend first
    protected LedgerRefusalContract(TestDatabase database) {
        this.fixture = new BackendFixture(database);
    }

    /** The ledger of this backend, which has been migrated. */
    protected abstract Ledger ledger(Backend backend);

    @BeforeEach
    void migrate_a_backend() {
        backend = fixture.open();
        backend.migrator().migrate();
        books = new Books(backend.transactions(), ledger(backend));
    }

    @AfterEach
    void close_the_backends() {
        fixture.close();
    }

    @Test
    void the_same_order_to_open_under_the_same_key_gives_the_same_answer_for_ever() {
        var order = new OpenAccount("open-1", "Ada", "EUR", 500);
        AccountOutcome first = books.open(order);
        Account ada = opened(first);
        Account bob = books.open("open-2", "EUR", 0);
        books.transfer("key-1", ada, bob, 200);

        assertThat(books.open(order)).isEqualTo(first);
        assertThat(books.accounts()).extracting(Account::id).containsExactly(ada.id(), bob.id());
        assertThat(books.balance(ada)).isEqualTo(300);
        assertThat(books.audit()).isEqualTo(4);
    }

    @Test
    void a_key_under_which_another_account_was_opened_is_refused() {
        Account ada = opened(books.open(new OpenAccount("open-1", "Ada", "EUR", 500)));

        for (OpenAccount other : List.of(
                new OpenAccount("open-1", "Bob", "EUR", 500),
                new OpenAccount("open-1", "Ada", "USD", 500),
                new OpenAccount("open-1", "Ada", "EUR", 501))) {
            assertThat(books.open(other)).isEqualTo(new AccountOutcome.Refused(new Refusal.KeyReused("open-1")));
        }

        assertThat(books.accounts()).containsExactly(ada);
    }

    @Test
    void an_opening_balance_that_the_system_account_cannot_hold_leaves_no_trace() {
        Account rich = books.open("open-1", "EUR", Long.MAX_VALUE);
        Account system = books.systemAccountOf(rich);

        AccountOutcome outcome = books.open(new OpenAccount("open-2", "Bob", "EUR", Long.MAX_VALUE));

        assertThat(outcome).isEqualTo(new AccountOutcome.Refused(new Refusal.BalanceOutOfRange(system.id())));
        assertThat(books.accounts()).containsExactly(rich);
        assertThat(books.account(system.id())).contains(system);
        assertThat(books.open("open-2", "EUR", 1).balance()).isOne();
    }

    @Test
    void the_same_order_under_the_same_key_moves_money_once() {
        Account ada = books.open("open-1", "EUR", 500);
        Account bob = books.open("open-2", "EUR", 0);
        TransferOrder order = order("key-1", ada, bob, 120);
        TransferOutcome first = books.post(order);
        completed(first);
        books.transfer("key-2", bob, ada, 20);

        assertThat(books.post(order)).isEqualTo(first);

        assertThat(books.balance(bob)).isEqualTo(100);
        assertThat(books.audit()).isEqualTo(6);
    }

    @Test
    void a_key_that_stands_for_another_transfer_is_refused() {
        Account ada = books.open("open-1", "EUR", 500);
        Account bob = books.open("open-2", "EUR", 500);
        TransferOrder first = new TransferOrder("key-1", ada.id(), bob.id(), 10, "first");
        completed(books.post(first));

        for (TransferOrder other : List.of(
                new TransferOrder("key-1", bob.id(), ada.id(), 10, "first"),
                new TransferOrder("key-1", ada.id(), bob.id(), 11, "first"),
                new TransferOrder("key-1", ada.id(), bob.id(), 10, "second"),
                new TransferOrder("key-1", ada.id(), NOBODY, 10, "first"))) {
            assertThat(books.post(other)).isEqualTo(refused(new Refusal.KeyReused("key-1")));
        }

        assertThat(books.balance(ada)).isEqualTo(490);
        completed(books.post(first));
        assertThat(books.balance(ada)).isEqualTo(490);
    }

    @Test
    void keys_that_differ_in_case_or_blanks_are_different_keys() {
        Account ada = books.open("open-1", "EUR", 500);
        Account bob = books.open("open-2", "EUR", 0);

        for (String key : List.of("key", "KEY", "key ", " key", "kéy", "ke\u0301y")) {
            assertThat(books.transfer(key, ada, bob, 1).amount()).isOne();
        }

        assertThat(books.balance(bob)).isEqualTo(6);
    }

    @Test
    void insufficient_funds_stay_the_answer_even_after_funding() {
        Account ada = books.open("open-1", "EUR", 50);
        Account bob = books.open("open-2", "EUR", 500);
        TransferOrder order = order("key-1", ada, bob, 51);
        TransferOutcome refused = refused(new Refusal.InsufficientFunds(ada.id(), 51, "EUR"));

        assertThat(books.post(order)).isEqualTo(refused);
        assertThat(books.balance(ada)).isEqualTo(50);
        books.transfer("key-2", bob, ada, 100);

        assertThat(books.post(order)).isEqualTo(refused);
        assertThat(books.post(order("key-1", ada, bob, 50))).isEqualTo(refused(new Refusal.KeyReused("key-1")));
        assertThat(books.transfer("key-3", ada, bob, 51).amount()).isEqualTo(51);
        assertThat(books.audit()).isEqualTo(8);
    }

    @Test
    void unknown_accounts_are_refused_and_leave_the_key_unused() {
        Account ada = books.open("open-1", "EUR", 500);
        Account bob = books.open("open-2", "EUR", 0);

        assertThat(books.post(new TransferOrder("key-1", ada.id(), NOBODY, 10, "")))
                .isEqualTo(refused(new Refusal.UnknownAccounts(List.of(NOBODY))));
        assertThat(books.post(new TransferOrder("key-1", NOBODY, ada.id(), 10, "")))
                .isEqualTo(refused(new Refusal.UnknownAccounts(List.of(NOBODY))));
        assertThat(books.post(new TransferOrder("key-1", NOBODY, NOBODY + 1, 10, "")))
                .isEqualTo(refused(new Refusal.UnknownAccounts(List.of(NOBODY, NOBODY + 1))));

        assertThat(books.transfer("key-1", ada, bob, 10).amount()).isEqualTo(10);
    }

    @Test
    void system_accounts_take_part_in_no_order_and_leave_the_key_unused() {
        Account ada = books.open("open-1", "EUR", 500);
        Account bob = books.open("open-2", "EUR", 0);
        Account system = books.systemAccountOf(ada);

        assertThat(books.post(order("key-1", system, ada, 10)))
                .isEqualTo(refused(new Refusal.SystemAccounts(List.of(system.id()))));
        assertThat(books.post(order("key-1", ada, system, 10)))
                .isEqualTo(refused(new Refusal.SystemAccounts(List.of(system.id()))));

        assertThat(books.account(system.id())).contains(system);
        assertThat(books.transfer("key-1", ada, bob, 10).amount()).isEqualTo(10);
    }

    @Test
    void accounts_of_two_currencies_are_refused_and_leave_the_key_unused() {
        Account euros = books.open("open-1", "EUR", 500);
        Account dollars = books.open("open-2", "USD", 500);
        Account moreEuros = books.open("open-3", "EUR", 0);

        assertThat(books.post(order("key-1", euros, dollars, 10)))
                .isEqualTo(refused(new Refusal.CurrencyMismatch("EUR", "USD")));
        assertThat(books.post(order("key-1", dollars, euros, 10)))
                .isEqualTo(refused(new Refusal.CurrencyMismatch("USD", "EUR")));

        assertThat(books.transfer("key-1", euros, moreEuros, 10).amount()).isEqualTo(10);
        assertThat(books.audit()).isEqualTo(6);
    }

    @Test
    void a_balance_beyond_64_bits_is_refused_and_leaves_the_key_unused() {
        Account full = books.open("open-1", "EUR", Long.MAX_VALUE);
        Account other = books.open("open-2", "EUR", 1);

        assertThat(books.post(order("key-1", other, full, 1)))
                .isEqualTo(refused(new Refusal.BalanceOutOfRange(full.id())));
        assertThat(books.balance(full)).isEqualTo(Long.MAX_VALUE);

        books.transfer("key-2", full, other, 1);
        assertThat(books.transfer("key-1", other, full, 1).amount()).isOne();
        assertThat(books.balance(full)).isEqualTo(Long.MAX_VALUE);
    }

    private static TransferOutcome refused(Refusal refusal) {
        return new TransferOutcome.Refused(refusal);
    }
}
