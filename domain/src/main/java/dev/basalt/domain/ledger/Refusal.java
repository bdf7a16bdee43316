package dev.basalt.domain.ledger;

import java.util.List;

/** Why an order is not carried out. */
public sealed interface Refusal {

    /**
     * Tells whether the refusal becomes the order's recorded outcome, so that the same key gives it again even when
     * the accounts have changed. The others leave no trace: the corrected order may use the key.
     */
    default boolean recorded() {
        return false;
    }

    /** The account has less on it than is to leave it. */
    record InsufficientFunds(long account, long amount, String currency) implements Refusal {
        @Override
        public boolean recorded() {
            return true;
        }
    }

    /** No such accounts. */
    record UnknownAccounts(List<Long> accounts) implements Refusal {
        public UnknownAccounts {
            accounts = List.copyOf(accounts);
        }
    }

    /** The two accounts are in different currencies. */
    record CurrencyMismatch(String fromCurrency, String toCurrency) implements Refusal {}

    /** These accounts are the ledger's own; no caller moves money from or to them. */
    record SystemAccounts(List<Long> accounts) implements Refusal {
        public SystemAccounts {
            accounts = List.copyOf(accounts);
        }
    }

    /** The balance would not fit into 64 bits. */
    record BalanceOutOfRange(long account) implements Refusal {}

    /** The key stands for another order already. */
    record KeyReused(String key) implements Refusal {}
}
