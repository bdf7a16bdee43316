package dev.basalt.ports.ledger;

import dev.basalt.domain.ledger.Account;
import dev.basalt.domain.ledger.AccountOutcome;
import dev.basalt.domain.ledger.Entry;
import dev.basalt.domain.ledger.OpenAccount;
import dev.basalt.domain.ledger.Transfer;
import dev.basalt.domain.ledger.TransferOrder;
import dev.basalt.domain.ledger.TransferOutcome;
import dev.basalt.domain.page.Page;
import dev.basalt.domain.page.PageRequest;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the accounts and what moved between them, in double entry.
 *
 * <p>Every call belongs to a running transaction of the ledger's database, of which {@link #open} and {@link #post}
 * need one that writes; without it they fail with {@link IllegalStateException}. Concurrent batches come out as if one
 * had run after another; none of them has to be repeated. Thread-safe.
 */
public interface Ledger {

    /** Opens an account, and books its opening balance from its currency's system account, which is made when needed. */
    AccountOutcome open(OpenAccount order);

    /**
     * Carries out a batch of orders, as {@link dev.basalt.domain.ledger.Settlement} judges them.
     *
     * @return one outcome for each order, in their order
     */
    List<TransferOutcome> post(List<TransferOrder> orders);

    /** The account of this number, system accounts included. */
    Optional<Account> account(long id);

    /** The accounts without the system accounts, in the order in which they were opened. */
    Page<Account> accounts(PageRequest request);

    /** The transfer of this number. */
    Optional<Transfer> transfer(long id);

    /** The entries of an account, in the order in which they were booked; none if there is no such account. */
    Page<Entry> entries(long account, PageRequest request);
}
