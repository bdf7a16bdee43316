package dev.basalt.contract.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.domain.ledger.Account;
import dev.basalt.domain.ledger.AccountOutcome;
import dev.basalt.domain.ledger.Entry;
import dev.basalt.domain.ledger.OpenAccount;
import dev.basalt.domain.ledger.Transfer;
import dev.basalt.domain.ledger.TransferOrder;
import dev.basalt.domain.ledger.TransferOutcome;
import dev.basalt.domain.page.Page;
import dev.basalt.domain.page.PageRequest;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.TransactionRunner;
import dev.basalt.ports.ledger.Ledger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/** A ledger, each call to which is a transaction of its own. Thread-safe. */
record Books(TransactionRunner transactions, Ledger ledger) {

    AccountOutcome open(OpenAccount order) {
        return transactions.inTransaction(TransactionOptions.WRITE, transaction -> ledger.open(order));
    }

    /** Opens an account for which nothing stands in the way. */
    Account open(String key, String currency, long balance) {
        return opened(open(new OpenAccount(key, "owner of " + key, currency, balance)));
    }

    List<TransferOutcome> post(List<TransferOrder> orders) {
        return transactions.inTransaction(TransactionOptions.WRITE, transaction -> ledger.post(orders));
    }

    TransferOutcome post(TransferOrder order) {
        List<TransferOutcome> outcomes = post(List.of(order));
        assertThat(outcomes).hasSize(1);
        return outcomes.getFirst();
    }

    /** Posts an order for which nothing stands in the way. */
    Transfer transfer(String key, Account from, Account to, long amount) {
        return completed(post(order(key, from, to, amount)));
    }

    Optional<Account> account(long id) {
        return transactions.inTransaction(TransactionOptions.READ, transaction -> ledger.account(id));
    }

    long balance(Account account) {
        return account(account.id()).orElseThrow().balance();
    }

    Optional<Transfer> transfer(long id) {
        return transactions.inTransaction(TransactionOptions.READ, transaction -> ledger.transfer(id));
    }

    Page<Account> accounts(PageRequest request) {
        return transactions.inTransaction(TransactionOptions.READ, transaction -> ledger.accounts(request));
    }

    List<Account> accounts() {
        return all(page -> accounts(new PageRequest(page, 100, false)));
    }

    Page<Entry> entries(long account, PageRequest request) {
        return transactions.inTransaction(TransactionOptions.READ, transaction -> ledger.entries(account, request));
    }

    List<Entry> entries(long account) {
        return all(page -> entries(account, new PageRequest(page, 100, false)));
    }

    /** The system account from which this account's opening balance came. */
    Account systemAccountOf(Account account) {
        long booking = entries(account.id()).getFirst().transferId();
        return account(transfer(booking).orElseThrow().fromAccount()).orElseThrow();
    }

    /** The numbers of all accounts, and of the system accounts that have had dealings with them. */
    Set<Long> everyAccount() {
        var ids = new HashSet<Long>();
        for (Account account : accounts()) {
            ids.add(account.id());
            for (Entry entry : entries(account.id())) {
                Transfer transfer = transfer(entry.transferId()).orElseThrow();
                ids.add(transfer.fromAccount());
                ids.add(transfer.toAccount());
            }
        }
        return ids;
    }

    /** Checks everything that holds in any ledger; returns the number of entries that it has looked at. */
    int audit() {
        var amounts = new ArrayList<Long>();
        for (long id : everyAccount()) {
            Account account = account(id).orElseThrow();
            List<Entry> entries = entries(id);
            long balance = 0;
            for (Entry entry : entries) {
                balance += entry.amount();
                assertThat(entry.balanceAfter()).as("%s of %s", entry, account).isEqualTo(balance);
                assertThat(account.system() || balance >= 0)
                        .as("%s of %s", entry, account)
                        .isTrue();
                amounts.add(entry.amount());
            }
            assertThat(account.balance()).as("%s", account).isEqualTo(balance);
            assertThat(account.version()).as("%s", account).isEqualTo(entries.size());
        }
        assertThat(amounts.stream().mapToLong(Long::longValue).sum())
                .as("the sum of all entries")
                .isZero();
        return amounts.size();
    }

    static TransferOrder order(String key, Account from, Account to, long amount) {
        return new TransferOrder(key, from.id(), to.id(), amount, "for " + key);
    }

    static Account opened(AccountOutcome outcome) {
        assertThat(outcome).isInstanceOf(AccountOutcome.Opened.class);
        return ((AccountOutcome.Opened) outcome).account();
    }

    static Transfer completed(TransferOutcome outcome) {
        assertThat(outcome).isInstanceOf(TransferOutcome.Completed.class);
        return ((TransferOutcome.Completed) outcome).transfer();
    }

    private static <T> List<T> all(IntFunction<Page<T>> pages) {
        var items = new ArrayList<T>();
        Page<T> page;
        int number = 1;
        do {
            page = pages.apply(number);
            items.addAll(page.items());
            number++;
        } while (page.hasNext());
        return items;
    }
}
