package dev.basalt.domain.ledger;

/**
 * An order that has its outcome.
 *
 * @param order the order, with its key
 * @param outcome what became of it
 */
public record RecordedOrder(TransferOrder order, TransferOutcome outcome) {}
