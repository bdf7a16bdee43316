package dev.basalt.app.ledger;

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
import java.util.Optional;

/**
 * What can be done with the ledger, each in a transaction of its own, but for transfers that come at the same time, which
 * share one. Thread-safe.
 *
 * <p>Every call throws the {@link dev.basalt.domain.failure.DatabaseFailure} that ended its transaction.
 */
public final class Bookkeeping {

    private final TransactionRunner transactions;
    private final Ledger ledger;
    private final GroupCommit transfers;

    Bookkeeping(TransactionRunner transactions, Ledger ledger, GroupCommit transfers) {
        this.transactions = transactions;
        this.ledger = ledger;
        this.transfers = transfers;
    }

    public AccountOutcome open(OpenAccount order) {
        return transactions.inTransaction(TransactionOptions.WRITE.asIdempotent(), _ -> ledger.open(order));
    }

    /** Moves money; refuses to do so inside a transaction. */
    public TransferOutcome transfer(TransferOrder order) {
        return transfers.post(order);
    }

    public Optional<Account> account(long id) {
        return transactions.inTransaction(TransactionOptions.READ, _ -> ledger.account(id));
    }

    public Page<Account> accounts(PageRequest request) {
        return transactions.inTransaction(TransactionOptions.READ, _ -> ledger.accounts(request));
    }

    public Optional<Transfer> transfer(long id) {
        return transactions.inTransaction(TransactionOptions.READ, _ -> ledger.transfer(id));
    }

    /** The entries of an account; empty if there is no such account. */
    public Optional<Page<Entry>> entries(long account, PageRequest request) {
        return transactions.inTransaction(
                TransactionOptions.READ, _ -> ledger.account(account).map(_ -> ledger.entries(account, request)));
    }
}
