package dev.basalt.domain.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;

/**
 * The verdicts on a batch of transfer orders, and the accounts that they change.
 *
 * <p>The orders are judged one after another, so order k sees what orders 1…k-1 did. Whatever the orders: the balances
 * of all accounts add up to the same sum before and after, no account but a system account goes below 0, and one key
 * moves money at most once. Pure: it touches nothing, and gives the same for the same.
 *
 * @param verdicts one for each order, in their order
 * @param changed the accounts with entries, after the last of them
 */
public record Settlement(List<Verdict> verdicts, List<Account> changed) {

    public Settlement {
        verdicts = List.copyOf(verdicts);
        changed = List.copyOf(changed);
    }

    /**
     * Judges a batch.
     *
     * @param accounts the accounts that the orders name; one that is not there does not exist
     * @param recorded what is known of the orders' keys, by key
     * @param orders the batch
     */
    public static Settlement settle(
            Map<Long, Account> accounts, Map<String, RecordedOrder> recorded, List<TransferOrder> orders) {
        var batch = new Batch(accounts, recorded);
        orders.forEach(batch::add);
        return new Settlement(batch.verdicts, List.copyOf(batch.changed.values()));
    }

    /** Judges the booking of an opening balance: like a transfer, but from a system account, which may go below 0. */
    public static Settlement open(Account system, Account opened, TransferOrder booking) {
        var batch = new Batch(Map.of(system.id(), system, opened.id(), opened), Map.of());
        batch.verdicts.add(batch.book(booking, system, opened));
        return new Settlement(batch.verdicts, List.copyOf(batch.changed.values()));
    }

    private static final class Batch {
        private final Map<Long, Account> accounts;
        private final Map<String, RecordedOrder> recorded;
        private final Map<String, Integer> indexByKey = new HashMap<>();
        private final List<TransferOrder> orders = new ArrayList<>();
        private final List<Verdict> verdicts = new ArrayList<>();
        private final Map<Long, Account> changed = new LinkedHashMap<>();

        Batch(Map<Long, Account> accounts, Map<String, RecordedOrder> recorded) {
            this.accounts = accounts;
            this.recorded = recorded;
        }

        void add(TransferOrder order) {
            Verdict verdict = judge(order);
            if (verdict.recorded()) {
                indexByKey.put(order.key(), verdicts.size());
            }
            orders.add(order);
            verdicts.add(verdict);
        }

        private Verdict judge(TransferOrder order) {
            RecordedOrder earlier = recorded.get(order.key());
            if (earlier != null) {
                return earlier.order().equals(order)
                        ? new Verdict.Known(earlier.outcome())
                        : new Verdict.Refused(order, new Refusal.KeyReused(order.key()));
            }
            Integer index = indexByKey.get(order.key());
            if (index != null) {
                return orders.get(index).equals(order)
                        ? new Verdict.SameAs(index)
                        : new Verdict.Refused(order, new Refusal.KeyReused(order.key()));
            }
            List<Long> unknown = LongStream.of(order.fromAccount(), order.toAccount())
                    .filter(id -> !accounts.containsKey(id))
                    .boxed()
                    .toList();
            if (!unknown.isEmpty()) {
                return new Verdict.Refused(order, new Refusal.UnknownAccounts(unknown));
            }
            Account from = current(order.fromAccount());
            Account to = current(order.toAccount());
            List<Long> system = LongStream.of(order.fromAccount(), order.toAccount())
                    .filter(id -> current(id).system())
                    .boxed()
                    .toList();
            if (!system.isEmpty()) {
                return new Verdict.Refused(order, new Refusal.SystemAccounts(system));
            }
            if (!from.currency().equals(to.currency())) {
                return new Verdict.Refused(order, new Refusal.CurrencyMismatch(from.currency(), to.currency()));
            }
            if (from.balance() < order.amount()) {
                return new Verdict.Refused(
                        order, new Refusal.InsufficientFunds(from.id(), order.amount(), from.currency()));
            }
            return book(order, from, to);
        }

        private Verdict book(TransferOrder order, Account from, Account to) {
            if (from.balance() < Long.MIN_VALUE + order.amount()) {
                return new Verdict.Refused(order, new Refusal.BalanceOutOfRange(from.id()));
            }
            if (to.balance() > Long.MAX_VALUE - order.amount()) {
                return new Verdict.Refused(order, new Refusal.BalanceOutOfRange(to.id()));
            }
            Account debited = from.withEntry(from.balance() - order.amount());
            Account credited = to.withEntry(to.balance() + order.amount());
            changed.put(debited.id(), debited);
            changed.put(credited.id(), credited);
            return new Verdict.Booked(order, from.currency(), debited.balance(), credited.balance());
        }

        private Account current(long id) {
            Account account = changed.get(id);
            return account != null ? account : Objects.requireNonNull(accounts.get(id));
        }
    }
}
