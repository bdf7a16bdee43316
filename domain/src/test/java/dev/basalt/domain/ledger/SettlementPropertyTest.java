package dev.basalt.domain.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** What holds of a settlement whatever the accounts and the orders are. */
class SettlementPropertyTest {

    private static final int ACCOUNTS = 6;

    @Property
    void every_order_has_its_verdict(@ForAll("accounts") List<Account> accounts, @ForAll("batches") Batch batch) {
        Settlement settlement = settle(accounts, batch.orders());

        assertThat(settlement.verdicts()).hasSameSizeAs(batch.orders());
        for (int i = 0; i < batch.orders().size(); i++) {
            TransferOrder order = batch.orders().get(i);
            switch (settlement.verdicts().get(i)) {
                case Verdict.Booked booked -> assertThat(booked.order()).isEqualTo(order);
                case Verdict.Refused refused -> assertThat(refused.order()).isEqualTo(order);
                case Verdict.SameAs same -> {
                    assertThat(same.index()).isBetween(0, i - 1);
                    assertThat(batch.orders().get(same.index())).isEqualTo(order);
                }
                case Verdict.Known known -> throw new AssertionError(known + ", but nothing was known");
            }
        }
        settlement.verdicts().forEach(verdict -> Statistics.label("verdicts").collect(kind(verdict)));
        Statistics.label("verdicts")
                .coverage(checker -> Stream.of(
                                "Booked",
                                "SameAs",
                                "InsufficientFunds",
                                "UnknownAccounts",
                                "SystemAccounts",
                                "CurrencyMismatch",
                                "BalanceOutOfRange",
                                "KeyReused")
                        .forEach(kind -> checker.check(kind).count(count -> count > 20)));
    }

    @Property
    void the_sum_of_all_balances_stays_the_same(
            @ForAll("accounts") List<Account> accounts, @ForAll("batches") Batch batch) {
        Settlement settlement = settle(accounts, batch.orders());

        assertThat(sum(after(accounts, settlement).values())).isEqualTo(sum(accounts));
    }

    @Property
    void no_account_is_overdrawn_and_no_system_account_changes(
            @ForAll("accounts") List<Account> accounts, @ForAll("batches") Batch batch) {
        Settlement settlement = settle(accounts, batch.orders());

        assertThat(settlement.changed()).allSatisfy(account -> {
            assertThat(account.balance()).isNotNegative();
            assertThat(account.system()).isFalse();
        });
        for (Verdict verdict : settlement.verdicts()) {
            if (verdict instanceof Verdict.Booked booked) {
                assertThat(booked.fromBalance()).isNotNegative();
                assertThat(booked.toBalance()).isNotNegative();
            }
        }
    }

    @Property
    void a_key_moves_money_once_at_most(@ForAll("accounts") List<Account> accounts, @ForAll("batches") Batch batch) {
        Settlement settlement = settle(accounts, batch.orders());

        assertThat(bookings(settlement).stream().map(booked -> booked.order().key()))
                .doesNotHaveDuplicates();
    }

    @Property
    void an_accounts_version_counts_its_entries(
            @ForAll("accounts") List<Account> accounts, @ForAll("batches") Batch batch) {
        Settlement settlement = settle(accounts, batch.orders());
        var entries = new HashMap<Long, Long>();
        for (Verdict.Booked booked : bookings(settlement)) {
            entries.merge(booked.order().fromAccount(), 1L, Long::sum);
            entries.merge(booked.order().toAccount(), 1L, Long::sum);
        }

        assertThat(settlement.changed()).extracting(Account::id).containsExactlyInAnyOrderElementsOf(entries.keySet());
        var versions = new HashMap<Long, Long>();
        accounts.forEach(account -> versions.put(account.id(), account.version()));
        entries.forEach((id, count) -> versions.merge(id, count, Long::sum));
        after(accounts, settlement)
                .forEach((id, account) -> assertThat(account.version()).isEqualTo(versions.get(id)));
    }

    @Property
    void the_booked_balances_follow_from_one_another(
            @ForAll("accounts") List<Account> accounts, @ForAll("batches") Batch batch) {
        Settlement settlement = settle(accounts, batch.orders());
        var balances = new HashMap<Long, Long>();
        accounts.forEach(account -> balances.put(account.id(), account.balance()));

        for (Verdict.Booked booked : bookings(settlement)) {
            TransferOrder order = booked.order();
            assertThat(balances.merge(order.fromAccount(), -order.amount(), Math::addExact))
                    .isEqualTo(booked.fromBalance());
            assertThat(balances.merge(order.toAccount(), order.amount(), Math::addExact))
                    .isEqualTo(booked.toBalance());
        }
        after(accounts, settlement)
                .forEach((id, account) -> assertThat(account.balance()).isEqualTo(balances.get(id)));
    }

    @Property
    void a_batch_comes_out_as_its_orders_one_by_one(
            @ForAll("accounts") List<Account> accounts, @ForAll("batches") Batch batch) {
        var together = new History(accounts);
        List<TransferOutcome> outcomes = together.post(batch.orders());
        var alone = new History(accounts);
        List<TransferOutcome> oneByOne = batch.orders().stream()
                .map(order -> alone.post(List.of(order)).getFirst())
                .toList();

        assertThat(outcomes).isEqualTo(oneByOne);
        assertThat(together.accounts).isEqualTo(alone.accounts);
        assertThat(together.recorded).isEqualTo(alone.recorded);
    }

    @Property
    void a_batch_may_be_cut_anywhere(
            @ForAll("accounts") List<Account> accounts, @ForAll("batches") Batch batch, @ForAll int cut) {
        int at = Math.floorMod(cut, batch.orders().size() + 1);
        var together = new History(accounts);
        List<TransferOutcome> outcomes = together.post(batch.orders());
        var inTwo = new History(accounts);
        var parts = new ArrayList<>(inTwo.post(batch.orders().subList(0, at)));
        parts.addAll(inTwo.post(batch.orders().subList(at, batch.orders().size())));

        assertThat(outcomes).isEqualTo(parts);
        assertThat(together.accounts).isEqualTo(inTwo.accounts);
    }

    @Property
    void what_has_its_outcome_keeps_it_and_moves_nothing_again(
            @ForAll("accounts") List<Account> accounts, @ForAll("batches") Batch batch) {
        var history = new History(accounts);
        history.post(batch.orders());
        List<TransferOrder> done = batch.orders().stream()
                .filter(order -> history.recorded.containsKey(order.key()))
                .toList();

        Settlement again = Settlement.settle(history.accounts, history.recorded, done);

        assertThat(again.changed()).isEmpty();
        for (int i = 0; i < done.size(); i++) {
            TransferOrder order = done.get(i);
            RecordedOrder recorded = Objects.requireNonNull(history.recorded.get(order.key()));
            Verdict expected = recorded.order().equals(order)
                    ? new Verdict.Known(recorded.outcome())
                    : new Verdict.Refused(order, new Refusal.KeyReused(order.key()));
            assertThat(again.verdicts().get(i)).isEqualTo(expected);
        }
    }

    /** Few accounts of both currencies, the last one a system account; balances small, or next to the largest one. */
    @Provide
    Arbitrary<List<Account>> accounts() {
        Arbitrary<Long> balances = Arbitraries.frequencyOf(
                Tuple.of(5, Arbitraries.longs().between(0, 200)),
                Tuple.of(1, Arbitraries.longs().between(Long.MAX_VALUE - 200, Long.MAX_VALUE)));
        Arbitrary<String> currencies = Arbitraries.frequency(Tuple.of(4, "EUR"), Tuple.of(1, "USD"));
        return Combinators.combine(
                        balances.list().ofSize(ACCOUNTS), currencies.list().ofSize(ACCOUNTS))
                .as((amounts, codes) -> LongStream.rangeClosed(1, ACCOUNTS)
                        .mapToObj(id -> account(id, codes.get((int) id - 1), amounts.get((int) id - 1)))
                        .toList());
    }

    /** Batches in which keys return, accounts are missing, and amounts are sometimes too large. */
    @Provide
    Arbitrary<Batch> batches() {
        Arbitrary<String> keys = Arbitraries.integers().between(1, 25).map(number -> "key-" + number);
        Arbitrary<Long> ids = Arbitraries.longs().between(1, ACCOUNTS + 1);
        Arbitrary<Long> amounts = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.longs().between(1, 150)),
                Tuple.of(1, Arbitraries.longs().between(1, Long.MAX_VALUE)));
        Arbitrary<TransferOrder> orders = Combinators.combine(keys, ids, ids, amounts)
                .filter((key, from, to, amount) -> !from.equals(to))
                .as((key, from, to, amount) -> new TransferOrder(key, from, to, amount, ""));
        return orders.list()
                .ofMaxSize(20)
                .flatMap(list -> Arbitraries.shuffle(twice(list))
                        .map(all -> new Batch(List.copyOf(all.subList(0, Math.max(list.size(), all.size() * 3 / 4))))));
    }

    private static List<TransferOrder> twice(List<TransferOrder> orders) {
        return Stream.concat(orders.stream(), orders.stream()).toList();
    }

    private static Account account(long id, String currency, long amount) {
        boolean system = id == ACCOUNTS;
        return new Account(id, "owner", currency, system ? -amount : amount, id, system, Instant.EPOCH);
    }

    private static Settlement settle(List<Account> accounts, List<TransferOrder> orders) {
        return Settlement.settle(byId(accounts), Map.of(), orders);
    }

    private static Map<Long, Account> after(List<Account> accounts, Settlement settlement) {
        Map<Long, Account> all = byId(accounts);
        all.putAll(byId(settlement.changed()));
        return all;
    }

    private static Map<Long, Account> byId(List<Account> accounts) {
        var all = new HashMap<Long, Account>();
        accounts.forEach(account -> all.put(account.id(), account));
        return all;
    }

    private static List<Verdict.Booked> bookings(Settlement settlement) {
        return settlement.verdicts().stream()
                .filter(Verdict.Booked.class::isInstance)
                .map(Verdict.Booked.class::cast)
                .toList();
    }

    private static BigInteger sum(Collection<Account> accounts) {
        return accounts.stream()
                .map(account -> BigInteger.valueOf(account.balance()))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static String kind(Verdict verdict) {
        return verdict instanceof Verdict.Refused refused
                ? refused.refusal().getClass().getSimpleName()
                : verdict.getClass().getSimpleName();
    }

    /** A batch of orders; a type of its own lets a failing one be printed and shrunk as a whole. */
    record Batch(List<TransferOrder> orders) {}

    /** A ledger in memory, as simple as can be: it keeps what settlements say. */
    private static final class History {
        private final Map<Long, Account> accounts;
        private final Map<String, RecordedOrder> recorded = new HashMap<>();
        private long transfers;

        History(List<Account> accounts) {
            this.accounts = byId(accounts);
        }

        List<TransferOutcome> post(List<TransferOrder> orders) {
            Settlement settlement = Settlement.settle(Map.copyOf(accounts), Map.copyOf(recorded), orders);
            var outcomes = new ArrayList<TransferOutcome>();
            for (Verdict verdict : settlement.verdicts()) {
                outcomes.add(
                        switch (verdict) {
                            case Verdict.Booked booked -> completed(booked);
                            case Verdict.Refused refused -> refused(refused);
                            case Verdict.Known known -> known.outcome();
                            case Verdict.SameAs same -> outcomes.get(same.index());
                        });
            }
            accounts.putAll(byId(settlement.changed()));
            return outcomes;
        }

        private TransferOutcome completed(Verdict.Booked booked) {
            TransferOrder order = booked.order();
            transfers++;
            var outcome = new TransferOutcome.Completed(new Transfer(
                    transfers,
                    order.fromAccount(),
                    order.toAccount(),
                    order.amount(),
                    booked.currency(),
                    order.description(),
                    Instant.EPOCH));
            recorded.put(order.key(), new RecordedOrder(order, outcome));
            return outcome;
        }

        private TransferOutcome refused(Verdict.Refused refused) {
            var outcome = new TransferOutcome.Refused(refused.refusal());
            if (refused.refusal().recorded()) {
                recorded.put(refused.order().key(), new RecordedOrder(refused.order(), outcome));
            }
            return outcome;
        }
    }
}
