package dev.basalt.chaos.judge;

import dev.basalt.chaos.database.Database;
import dev.basalt.chaos.load.Journal;
import dev.basalt.chaos.load.Order;
import dev.basalt.chaos.load.Reply;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds what the clients were told against what is in the database. Not thread-safe. */
public final class Judge {

    private final Database database;
    private final Journal journal;
    private final long money;
    private final Findings findings;

    /**
     * Judges a load.
     *
     * @param money how much there was on all accounts, in minor units, when it began
     */
    public Judge(Database database, Journal journal, long money, Findings findings) {
        this.database = database;
        this.journal = journal;
        this.money = money;
        this.findings = findings;
    }

    /** Before anything is asked for again: whoever was told that nothing was done must be able to rely on it. */
    public void judgeDenials() throws SQLException {
        Set<String> there = Books.of(database).transfers().keySet();
        Set<String> carriedOut =
                journal.done().keySet().stream().map(Order::key).collect(Collectors.toSet());
        findings.none(
                journal.orders(Reply.Denied.class::isInstance).keySet().stream()
                        .filter(key -> there.contains(key) && !carriedOut.contains(key))
                        .toList(),
                "orders were carried out although the answer was that nothing was done");
    }

    /** When nobody writes any more, and whatever was in doubt has been asked for again. */
    public void judgeBooks() throws SQLException {
        Books books = Books.of(database);
        judgeAnswers(books);
        judgeEntries(books);
        Map<String, Order> unexpected = journal.orders(Reply.Unexpected.class::isInstance);
        findings.require(
                unexpected.isEmpty(),
                "%d answers that no fault explains: %s".formatted(unexpected.size(), journal.codes()));
    }

    /** What was seen meanwhile: something, where the database can be seen. */
    public void judgeSnapshots(Collection<Snapshots.Sums> snapshots) {
        findings.require(!snapshots.isEmpty() || !database.isVisible(), "the money was never added up meanwhile");
        var right = new Snapshots.Sums(0, 0, money);
        findings.none(
                snapshots.stream().filter(sums -> !sums.equals(right)).toList(),
                "snapshots in which money was lost or made (right is " + right + ")");
    }

    private void judgeAnswers(Books books) {
        Map<Order, Collection<Long>> done = journal.done();
        findings.none(
                done.entrySet().stream()
                        .filter(acknowledged -> acknowledged.getValue().size() > 1)
                        .toList(),
                "orders were answered with several transfers");
        findings.none(
                done.entrySet().stream()
                        .filter(acknowledged -> !isThere(books, acknowledged.getKey(), acknowledged.getValue()))
                        .toList(),
                "acknowledged orders are not in the books as they were ordered");
        findings.none(
                journal.orders(Reply.Refused.class::isInstance).keySet().stream()
                        .filter(books.transfers()::containsKey)
                        .toList(),
                "orders were carried out although they were refused");
        Map<String, Order> ordered = journal.orders(_ -> true);
        findings.none(
                books.transfers().values().stream()
                        .filter(transfer -> !transfer.opening()
                                && !transfer.order()
                                        .equals(ordered.get(transfer.order().key())))
                        .toList(),
                "transfers that nobody has ordered under this key");
    }

    private static boolean isThere(Books books, Order order, Collection<Long> ids) {
        Books.Transfer transfer = books.transfers().get(order.key());
        return transfer != null && transfer.order().equals(order) && ids.contains(transfer.id());
    }

    private void judgeEntries(Books books) {
        findings.none(
                books.transfers().values().stream()
                        .filter(transfer -> !hasItsTwoEntries(books, transfer))
                        .toList(),
                "transfers without exactly their two entries");
        Set<Long> known =
                books.transfers().values().stream().map(Books.Transfer::id).collect(Collectors.toSet());
        findings.none(
                books.entries().keySet().stream()
                        .filter(id -> !known.contains(id))
                        .toList(),
                "numbers of transfers that only the entries know");
        var sums = new HashMap<Long, Long>();
        for (List<Books.Entry> entries : books.entries().values()) {
            entries.forEach(entry -> sums.merge(entry.account(), entry.amount(), Long::sum));
        }
        findings.none(
                books.balances().entrySet().stream()
                        .filter(account -> !Objects.equals(account.getValue(), sums.getOrDefault(account.getKey(), 0L)))
                        .toList(),
                "balances are not the sum of their entries");
        long all = sums.values().stream().mapToLong(Long::longValue).sum();
        findings.require(all == 0, "the entries add up to %d".formatted(all));
    }

    private static boolean hasItsTwoEntries(Books books, Books.Transfer transfer) {
        Order order = transfer.order();
        List<Books.Entry> entries = books.entries().getOrDefault(transfer.id(), List.of());
        return entries.size() == 2
                && entries.contains(new Books.Entry(order.from(), -order.amount()))
                && entries.contains(new Books.Entry(order.to(), order.amount()));
    }
}
