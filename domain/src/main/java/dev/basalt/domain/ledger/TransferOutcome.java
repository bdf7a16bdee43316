package dev.basalt.domain.ledger;

/** What became of a transfer order; the same for the same order under the same key. */
public sealed interface TransferOutcome {

    /** The money was moved. */
    record Completed(Transfer transfer) implements TransferOutcome {}

    /** Nothing was moved. */
    record Refused(Refusal refusal) implements TransferOutcome {}
}
