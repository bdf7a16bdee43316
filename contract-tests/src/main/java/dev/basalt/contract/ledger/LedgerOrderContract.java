package dev.basalt.contract.ledger;

import static dev.basalt.contract.ledger.Books.completed;
import static dev.basalt.contract.ledger.Books.opened;
import static dev.basalt.contract.ledger.Books.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.basalt.contract.BackendFixture;
import dev.basalt.contract.Caller;
import dev.basalt.contract.TestDatabase;
import dev.basalt.domain.ledger.Account;
import dev.basalt.domain.ledger.AccountOutcome;
import dev.basalt.domain.ledger.Entry;
import dev.basalt.domain.ledger.OpenAccount;
import dev.basalt.domain.ledger.Transfer;
import dev.basalt.domain.ledger.TransferOrder;
import dev.basalt.domain.ledger.TransferOutcome;
import dev.basalt.domain.page.PageRequest;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.Backend;
import dev.basalt.ports.ledger.Ledger;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How a {@link Ledger} opens accounts and carries out single orders. {@link LedgerBatchContract} and {@link
 * LedgerPageContract} have the rest of its contract.
 */
@Timeout(120)
public abstract class LedgerOrderContract {

    private static final long NOBODY = 987_654_321;

    private final BackendFixture fixture;
    private Backend backend;
    private Books books;

    @SuppressWarnings("NullAway.Init") // JUnit calls migrate_a_backend first
    protected LedgerOrderContract(TestDatabase database) {
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
    void an_account_is_opened_without_a_balance() {
        Account account = opened(books.open(new OpenAccount("open-1", "Ada", "EUR", 0)));

        assertThat(account.owner()).isEqualTo("Ada");
        assertThat(account.currency()).isEqualTo("EUR");
        assertThat(account.balance()).isZero();
        assertThat(account.version()).isZero();
        assertThat(account.system()).isFalse();
        assertThat(books.account(account.id())).contains(account);
        assertThat(books.entries(account.id())).isEmpty();
    }

    @Test
    void an_opening_balance_is_booked_from_the_currencys_system_account() {
        Account ada = books.open("open-1", "EUR", 500);
        Account bob = books.open("open-2", "EUR", 250);
        Account eve = books.open("open-3", "USD", 100);

        assertThat(ada.balance()).isEqualTo(500);
        assertThat(books.account(ada.id())).contains(ada);
        Account system = books.systemAccountOf(ada);
        assertThat(system.system()).isTrue();
        assertThat(system.currency()).isEqualTo("EUR");
        assertThat(system.balance()).isEqualTo(-750);
        assertThat(books.systemAccountOf(bob)).isEqualTo(system);
        assertThat(books.systemAccountOf(eve).currency()).isEqualTo("USD");
        assertThat(books.systemAccountOf(eve).balance()).isEqualTo(-100);
        assertThat(books.audit()).isEqualTo(6);
    }

    @Test
    void a_transfer_moves_money_and_can_be_read() {
        Account ada = books.open("open-1", "EUR", 500);
        Account bob = books.open("open-2", "EUR", 100);
        var order = new TransferOrder("key-1", ada.id(), bob.id(), 120, "lunch");

        Transfer transfer = completed(books.post(order));

        assertThat(transfer.fromAccount()).isEqualTo(ada.id());
        assertThat(transfer.toAccount()).isEqualTo(bob.id());
        assertThat(transfer.amount()).isEqualTo(120);
        assertThat(transfer.currency()).isEqualTo("EUR");
        assertThat(transfer.description()).isEqualTo("lunch");
        assertThat(books.transfer(transfer.id())).contains(transfer);
        assertThat(books.balance(ada)).isEqualTo(380);
        assertThat(books.balance(bob)).isEqualTo(220);
        assertThat(books.entries(ada.id()).getLast())
                .isEqualTo(new Entry(transfer.id(), -120, 380, transfer.createdAt()));
        assertThat(books.entries(bob.id()).getLast())
                .isEqualTo(new Entry(transfer.id(), 120, 220, transfer.createdAt()));
        assertThat(books.audit()).isEqualTo(6);
    }

    @Test
    void all_of_a_balance_may_leave() {
        Account ada = books.open("open-1", "EUR", 500);
        Account bob = books.open("open-2", "EUR", 0);

        assertThat(books.transfer("key-1", ada, bob, 500).amount()).isEqualTo(500);

        assertThat(books.balance(ada)).isZero();
        assertThat(books.balance(bob)).isEqualTo(500);
    }

    @Test
    void texts_come_back_as_they_are() {
        String owner = "Zoë 'Ω' \"表\" \\ % 😀 ".repeat(9);
        String description = "\tline\nbreak; -- no comment /* either */ 😀".repeat(11);
        String key = "🔑 ' \" ;".repeat(31);
        Account ada = opened(books.open(new OpenAccount(key, owner, "EUR", 5)));
        Account bob = books.open("open-2", "EUR", 0);
        var order = new TransferOrder(key, ada.id(), bob.id(), 5, description);

        TransferOutcome outcome = books.post(order);

        assertThat(books.account(ada.id()).orElseThrow().owner()).isEqualTo(owner);
        Transfer transfer = books.transfer(completed(outcome).id()).orElseThrow();
        assertThat(transfer.description()).isEqualTo(description);
        assertThat(books.post(order)).isEqualTo(outcome);
    }

    @Test
    void times_are_kept_in_microseconds() {
        Instant before = Instant.now().minusSeconds(60);
        Account ada = books.open("open-1", "EUR", 500);
        Account bob = books.open("open-2", "EUR", 500);

        for (int i = 0; i < 20; i++) {
            Transfer transfer = books.transfer("key-" + i, ada, bob, 1);
            Instant time = transfer.createdAt();
            assertThat(time).isEqualTo(time.truncatedTo(ChronoUnit.MICROS));
            assertThat(time).isBetween(before, Instant.now().plusSeconds(60));
            assertThat(books.transfer(transfer.id()).orElseThrow().createdAt()).isEqualTo(time);
            assertThat(books.entries(ada.id()).getLast().createdAt()).isEqualTo(time);
            assertThat(completed(books.post(order("key-" + i, ada, bob, 1))).createdAt())
                    .isEqualTo(time);
        }
        assertThat(ada.createdAt()).isEqualTo(ada.createdAt().truncatedTo(ChronoUnit.MICROS));
        assertThat(ada.createdAt()).isBetween(before, Instant.now().plusSeconds(60));
        assertThat(books.account(ada.id()).orElseThrow().createdAt()).isEqualTo(ada.createdAt());
    }

    @Test
    void what_is_not_there_is_not_found() {
        assertThat(books.account(NOBODY)).isEmpty();
        assertThat(books.transfer(NOBODY)).isEmpty();
        assertThat(books.entries(NOBODY)).isEmpty();
    }

    @Test
    void every_call_needs_a_transaction() {
        Account ada = books.open("open-1", "EUR", 500);
        Ledger ledger = books.ledger();
        var request = new PageRequest(1, 10, true);

        assertThatIllegalStateException().isThrownBy(() -> ledger.open(new OpenAccount("open-2", "Bob", "EUR", 0)));
        assertThatIllegalStateException()
                .isThrownBy(() -> ledger.post(List.of(new TransferOrder("key-1", ada.id(), NOBODY, 1, ""))));
        assertThatIllegalStateException().isThrownBy(() -> ledger.account(ada.id()));
        assertThatIllegalStateException().isThrownBy(() -> ledger.accounts(request));
        assertThatIllegalStateException().isThrownBy(() -> ledger.transfer(1));
        assertThatIllegalStateException().isThrownBy(() -> ledger.entries(ada.id(), request));
        assertThat(books.accounts()).containsExactly(ada);
    }

    @Test
    void opening_and_posting_need_a_transaction_that_writes() {
        Account ada = books.open("open-1", "EUR", 500);
        Account bob = books.open("open-2", "EUR", 0);

        assertThatIllegalStateException()
                .isThrownBy(() -> backend.transactions()
                        .inTransaction(
                                TransactionOptions.READ,
                                transaction -> books.ledger().open(new OpenAccount("open-3", "Eve", "EUR", 0))));
        assertThatIllegalStateException()
                .isThrownBy(() -> backend.transactions()
                        .inTransaction(
                                TransactionOptions.READ,
                                transaction -> books.ledger().post(List.of(order("key-1", ada, bob, 1)))));

        assertThat(books.accounts()).containsExactly(ada, bob);
    }

    @Test
    void who_asks_again_while_the_first_commits_waits_and_is_given_the_same_transfer() throws InterruptedException {
        Account ada = books.open("open-1", "EUR", 500);
        Account bob = books.open("open-2", "EUR", 0);
        TransferOrder order = order("key-1", ada, bob, 100);
        var held = new Held();
        Caller<TransferOutcome> first =
                held.start(false, () -> books.ledger().post(List.of(order)).getFirst());

        Caller<TransferOutcome> again = Caller.start(() -> books.post(order));
        assertThat(again.endsWithin(Held.LONG_ENOUGH)).isFalse();
        held.end();

        assertThat(completed(again.answer())).isEqualTo(completed(first.answer()));
        assertThat(books.balance(bob)).isEqualTo(100);
        assertThat(books.audit()).isEqualTo(4);
    }

    @Test
    void who_asks_again_while_the_first_is_rolled_back_waits_and_carries_it_out() throws InterruptedException {
        Account ada = books.open("open-1", "EUR", 500);
        Account bob = books.open("open-2", "EUR", 0);
        TransferOrder order = order("key-1", ada, bob, 100);
        var held = new Held();
        Caller<TransferOutcome> first =
                held.start(true, () -> books.ledger().post(List.of(order)).getFirst());

        Caller<TransferOutcome> again = Caller.start(() -> books.post(order));
        assertThat(again.endsWithin(Held.LONG_ENOUGH)).isFalse();
        held.end();

        Transfer transfer = completed(again.answer());
        assertThat(completed(first.answer())).isNotNull();
        assertThat(books.transfer(transfer.id())).contains(transfer);
        assertThat(books.balance(bob)).isEqualTo(100);
        assertThat(books.audit()).isEqualTo(4);
    }

    @Test
    void who_opens_again_while_the_first_commits_waits_and_is_given_the_same_account() throws InterruptedException {
        var order = new OpenAccount("open-1", "Ada", "EUR", 500);
        var held = new Held();
        Caller<AccountOutcome> first = held.start(false, () -> books.ledger().open(order));

        Caller<AccountOutcome> again = Caller.start(() -> books.open(order));
        assertThat(again.endsWithin(Held.LONG_ENOUGH)).isFalse();
        held.end();

        assertThat(opened(again.answer())).isEqualTo(opened(first.answer()));
        assertThat(books.accounts()).hasSize(1);
        assertThat(books.audit()).isEqualTo(2);
    }

    /** A transaction that has done its work and is not let go. */
    private final class Held {

        static final Duration LONG_ENOUGH = Duration.ofMillis(200);

        private final CountDownLatch done = new CountDownLatch(1);
        private final CountDownLatch letGo = new CountDownLatch(1);

        /** Returns when the work is done. */
        <R> Caller<R> start(boolean rollBack, Supplier<R> work) throws InterruptedException {
            Caller<R> caller =
                    Caller.start(() -> backend.transactions().inTransaction(TransactionOptions.WRITE, transaction -> {
                        R result = work.get();
                        if (rollBack) {
                            transaction.rollbackOnly();
                        }
                        done.countDown();
                        assertThat(letGo.await(Caller.PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                                .isTrue();
                        return result;
                    }));
            assertThat(done.await(Caller.PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                    .isTrue();
            return caller;
        }

        void end() {
            letGo.countDown();
        }
    }

    @Test
    void rolling_the_transaction_back_removes_everything() {
        Account ada = books.open("open-1", "EUR", 500);
        Account bob = books.open("open-2", "EUR", 500);
        var problem = new IOException("after the work");

        assertThatThrownBy(() -> backend.transactions().inTransaction(TransactionOptions.WRITE, transaction -> {
                    Account eve = opened(books.ledger().open(new OpenAccount("open-3", "Eve", "CHF", 70)));
                    assertThat(books.ledger().account(eve.id())).contains(eve);
                    List<TransferOrder> orders = List.of(order("key-1", ada, bob, 1), order("key-2", ada, bob, 501));
                    assertThat(completed(books.ledger().post(orders).getFirst()).amount())
                            .isOne();
                    throw problem;
                }))
                .isSameAs(problem);

        assertThat(books.accounts()).containsExactly(ada, bob);
        assertThat(books.audit()).isEqualTo(4);
        assertThat(books.transfer("key-2", ada, bob, 400).amount()).isEqualTo(400);
        assertThat(books.transfer("key-1", ada, bob, 2).amount()).isEqualTo(2);
        assertThat(books.open("open-3", "EUR", 1).currency()).isEqualTo("EUR");
    }
}
