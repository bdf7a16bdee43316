package dev.basalt.domain.ledger;

/** What became of the order to open an account; the same for the same order under the same key. */
public sealed interface AccountOutcome {

    /** The account, as it was when it was opened. */
    record Opened(Account account) implements AccountOutcome {}

    /** There is no such account. */
    record Refused(Refusal refusal) implements AccountOutcome {}
}
