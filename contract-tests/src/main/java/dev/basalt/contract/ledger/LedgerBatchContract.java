package dev.basalt.contract.ledger;

import static dev.basalt.contract.ledger.Books.completed;
import static dev.basalt.contract.ledger.Books.opened;
import static dev.basalt.contract.ledger.Books.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.contract.BackendFixture;
import dev.basalt.contract.Caller;
import dev.basalt.contract.Limits;
import dev.basalt.contract.TestDatabase;
import dev.basalt.domain.ledger.Account;
import dev.basalt.domain.ledger.AccountOutcome;
import dev.basalt.domain.ledger.OpenAccount;
import dev.basalt.domain.ledger.Refusal;
import dev.basalt.domain.ledger.Settlement;
import dev.basalt.domain.ledger.TransferOrder;
import dev.basalt.domain.ledger.TransferOutcome;
import dev.basalt.domain.ledger.Verdict;
import dev.basalt.ports.Backend;
import dev.basalt.ports.ledger.Ledger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a {@link Ledger} carries out batches of orders, alone and beside other batches. */
@Timeout(120)
public abstract class LedgerBatchContract {

    private final BackendFixture fixture;
    private Books books;

    @SuppressWarnings("NullAway.Init") // JUnit calls migrate_a_backend first
    protected LedgerBatchContract(TestDatabase database) {
        this.fixture = new BackendFixture(database);
    }

    /** The ledger of this backend, which has been migrated. */
    protected abstract Ledger ledger(Backend backend);

    @BeforeEach
    void migrate_a_backend() {
        Backend backend = fixture.open(Limits.connections(8));
        backend.migrator().migrate();
        books = new Books(backend.transactions(), ledger(backend));
    }

    @AfterEach
    void close_the_backends() {
        fixture.close();
    }

    @Test
    void an_empty_batch_has_no_outcomes() {
        Account ada = books.open("open-1", "EUR", 500);

        assertThat(books.post(List.of())).isEmpty();

        assertThat(books.accounts()).containsExactly(ada);
    }

    @Test
    void an_order_sees_what_the_orders_before_it_did() {
        Account ada = books.open("open-1", "EUR", 100);
        Account bob = books.open("open-2", "EUR", 0);
        Account eve = books.open("open-3", "EUR", 0);

        List<TransferOutcome> outcomes = books.post(List.of(
                order("too-early", bob, eve, 100),
                order("first", ada, bob, 100),
                order("second", bob, eve, 100),
                order("third", eve, ada, 30),
                order("too-much", bob, ada, 1)));

        assertThat(outcomes).hasSize(5);
        assertThat(outcomes.get(0)).isEqualTo(refused(new Refusal.InsufficientFunds(bob.id(), 100, "EUR")));
        assertThat(completed(outcomes.get(1)).description()).isEqualTo("for first");
        assertThat(completed(outcomes.get(2)).description()).isEqualTo("for second");
        assertThat(completed(outcomes.get(3)).description()).isEqualTo("for third");
        assertThat(outcomes.get(4)).isEqualTo(refused(new Refusal.InsufficientFunds(bob.id(), 1, "EUR")));
        assertThat(List.of(books.balance(ada), books.balance(bob), books.balance(eve)))
                .containsExactly(30L, 0L, 70L);
        assertThat(books.audit()).isEqualTo(8);
    }

    @Test
    void the_same_order_twice_in_a_batch_moves_money_once() {
        Account ada = books.open("open-1", "EUR", 100);
        Account bob = books.open("open-2", "EUR", 0);
        TransferOrder order = order("key-1", ada, bob, 40);
        TransferOrder tooMuch = order("key-2", ada, bob, 1000);

        List<TransferOutcome> outcomes =
                books.post(List.of(order, tooMuch, order, order("key-1", ada, bob, 41), tooMuch, order));

        TransferOutcome moved = outcomes.getFirst();
        TransferOutcome refused = refused(new Refusal.InsufficientFunds(ada.id(), 1000, "EUR"));
        assertThat(completed(moved).amount()).isEqualTo(40);
        assertThat(outcomes)
                .containsExactly(moved, refused, moved, refused(new Refusal.KeyReused("key-1")), refused, moved);
        assertThat(books.balance(bob)).isEqualTo(40);
        assertThat(books.post(List.of(tooMuch, order))).containsExactly(refused, moved);
    }

    @Test
    void a_key_whose_order_left_no_trace_can_be_used_later_in_the_batch() {
        Account ada = books.open("open-1", "EUR", 100);
        Account bob = books.open("open-2", "EUR", 0);
        Account dollars = books.open("open-3", "USD", 100);

        List<TransferOutcome> outcomes = books.post(List.of(
                new TransferOrder("key-1", ada.id(), 987_654_321, 40, ""),
                order("key-1", ada, dollars, 40),
                order("key-1", ada, bob, 40),
                order("key-1", ada, dollars, 40)));

        assertThat(outcomes.get(0)).isEqualTo(refused(new Refusal.UnknownAccounts(List.of(987_654_321L))));
        assertThat(outcomes.get(1)).isEqualTo(refused(new Refusal.CurrencyMismatch("EUR", "USD")));
        assertThat(completed(outcomes.get(2)).toAccount()).isEqualTo(bob.id());
        assertThat(outcomes.get(3)).isEqualTo(refused(new Refusal.KeyReused("key-1")));
    }

    @Test
    void a_refused_order_does_not_stop_the_others() {
        Account ada = books.open("open-1", "EUR", 100);
        Account bob = books.open("open-2", "EUR", 0);
        Account system = books.systemAccountOf(ada);

        List<TransferOutcome> outcomes = books.post(List.of(
                order("key-1", ada, bob, 10),
                order("key-2", system, bob, 10),
                order("key-3", ada, bob, 1000),
                order("key-4", ada, bob, 10)));

        assertThat(outcomes.get(1)).isEqualTo(refused(new Refusal.SystemAccounts(List.of(system.id()))));
        assertThat(outcomes.get(2)).isEqualTo(refused(new Refusal.InsufficientFunds(ada.id(), 1000, "EUR")));
        assertThat(completed(outcomes.get(0)).id())
                .isNotEqualTo(completed(outcomes.get(3)).id());
        assertThat(books.balance(bob)).isEqualTo(20);
    }

    @Test
    void a_large_batch_comes_out_as_the_settlement_judges_it() {
        List<Account> accounts = openAccounts(8, 100);
        List<TransferOrder> orders = randomOrders(accounts, 1000, new Random(7));
        Map<Long, Account> byId = accounts.stream().collect(Collectors.toMap(Account::id, Function.identity()));
        Settlement expected = Settlement.settle(byId, Map.of(), orders);

        List<TransferOutcome> outcomes = books.post(orders);

        assertThat(outcomes).hasSize(1000);
        int booked = 0;
        int refused = 0;
        for (int i = 0; i < orders.size(); i++) {
            TransferOutcome outcome = outcomes.get(i);
            switch (expected.verdicts().get(i)) {
                case Verdict.Booked verdict -> {
                    assertThat(completed(outcome).description())
                            .isEqualTo(verdict.order().description());
                    booked++;
                }
                case Verdict.Refused verdict -> {
                    assertThat(outcome).isEqualTo(refused(verdict.refusal()));
                    refused++;
                }
                case Verdict.SameAs same -> assertThat(outcome).isEqualTo(outcomes.get(same.index()));
                case Verdict.Known known -> throw new AssertionError(known + " in a fresh ledger");
            }
        }
        assertThat(booked).as("booked").isPositive();
        assertThat(refused).as("refused").isPositive();
        assertThat(expected.changed())
                .isNotEmpty()
                .allSatisfy(account -> assertThat(books.account(account.id())).contains(account));
        assertThat(books.audit()).isEqualTo(2 * (accounts.size() + booked));
        assertThat(books.post(orders)).as("once more").isEqualTo(outcomes);
    }

    @Test
    void concurrent_batches_come_out_as_if_one_had_run_after_another() {
        List<Account> accounts = openAccounts(4, 100);
        List<TransferOrder> orders = randomOrders(accounts, 160, new Random(11));
        var start = new CyclicBarrier(16);

        var callers = IntStream.range(0, 16)
                .mapToObj(number -> Caller.start(() -> {
                    start.await(20, TimeUnit.SECONDS);
                    return postShuffled(orders, new Random(number));
                }))
                .toList();

        Map<TransferOrder, TransferOutcome> agreed = callers.getFirst().answer();
        assertThat(agreed).hasSize(orders.size());
        assertThat(callers)
                .as("every caller gets the same outcome for the same order")
                .allSatisfy(caller -> assertThat(caller.answer()).isEqualTo(agreed));
        List<Long> transfers = agreed.values().stream()
                .filter(TransferOutcome.Completed.class::isInstance)
                .map(outcome -> completed(outcome).id())
                .toList();
        assertThat(transfers).isNotEmpty().doesNotHaveDuplicates();
        assertThat(books.audit()).as("each key is booked once").isEqualTo(2 * (accounts.size() + transfers.size()));
        assertThat(accounts.stream().mapToLong(books::balance).sum()).isEqualTo(400);
    }

    @Test
    void concurrent_orders_to_open_under_one_key_open_one_account() {
        var order = new OpenAccount("open-1", "Ada", "EUR", 500);
        var start = new CyclicBarrier(16);

        var callers = IntStream.range(0, 16)
                .mapToObj(number -> Caller.start(() -> {
                    start.await(20, TimeUnit.SECONDS);
                    return books.open(order);
                }))
                .toList();

        AccountOutcome agreed = callers.getFirst().answer();
        assertThat(callers).allSatisfy(caller -> assertThat(caller.answer()).isEqualTo(agreed));
        assertThat(books.accounts()).containsExactly(opened(agreed));
        assertThat(books.audit()).isEqualTo(2);
    }

    @Test
    void concurrent_openings_share_their_currencys_system_account() {
        var start = new CyclicBarrier(16);

        var callers = IntStream.range(0, 16)
                .mapToObj(number -> Caller.start(() -> {
                    start.await(20, TimeUnit.SECONDS);
                    return books.open("open-" + number, number % 2 == 0 ? "EUR" : "USD", 10);
                }))
                .toList();

        List<Account> opened = callers.stream().map(Caller::answer).toList();
        Map<String, Account> systems = new HashMap<>();
        for (Account account : opened) {
            Account system = books.systemAccountOf(account);
            assertThat(systems.merge(system.currency(), system, (one, other) -> one))
                    .isEqualTo(system);
        }
        assertThat(systems).hasSize(2).allSatisfy((currency, system) -> {
            assertThat(system.system()).isTrue();
            assertThat(system.balance()).as(currency).isEqualTo(-80);
        });
        assertThat(books.audit()).isEqualTo(32);
    }

    private List<Account> openAccounts(int count, long balance) {
        return IntStream.range(0, count)
                .mapToObj(number -> books.open("open-" + number, "EUR", balance))
                .toList();
    }

    /** Orders between any two of the accounts, each under a key of its own, some of them more than there is. */
    private static List<TransferOrder> randomOrders(List<Account> accounts, int count, Random random) {
        var orders = new ArrayList<TransferOrder>();
        for (int number = 0; number < count; number++) {
            int from = random.nextInt(accounts.size());
            int to = (from + 1 + random.nextInt(accounts.size() - 1)) % accounts.size();
            orders.add(order("key-" + number, accounts.get(from), accounts.get(to), 1 + random.nextInt(80)));
        }
        return orders;
    }

    /** Posts the orders in batches of ten, in an order of its own, and keeps each one's outcome. */
    private Map<TransferOrder, TransferOutcome> postShuffled(List<TransferOrder> orders, Random random) {
        var shuffled = new ArrayList<>(orders);
        Collections.shuffle(shuffled, random);
        var outcomes = new HashMap<TransferOrder, TransferOutcome>();
        for (int begin = 0; begin < shuffled.size(); begin += 10) {
            List<TransferOrder> batch = shuffled.subList(begin, begin + 10);
            List<TransferOutcome> answers = books.post(batch);
            assertThat(answers).hasSameSizeAs(batch);
            for (int i = 0; i < batch.size(); i++) {
                outcomes.put(batch.get(i), answers.get(i));
            }
        }
        return outcomes;
    }

    private static TransferOutcome refused(Refusal refusal) {
        return new TransferOutcome.Refused(refusal);
    }
}
