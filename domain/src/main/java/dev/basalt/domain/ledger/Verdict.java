package dev.basalt.domain.ledger;

/** What is to become of one order of a batch. */
public sealed interface Verdict {

    /** Tells whether the verdict becomes a stored fact under the order's key. */
    default boolean recorded() {
        return switch (this) {
            case Booked booked -> true;
            case Refused(TransferOrder order, Refusal refusal) -> refusal.recorded();
            case Known known -> false;
            case SameAs same -> false;
        };
    }

    /**
     * The order is to be booked.
     *
     * @param order the order
     * @param currency the currency of both accounts
     * @param fromBalance what is then on the account that the money comes from
     * @param toBalance what is then on the other
     */
    record Booked(TransferOrder order, String currency, long fromBalance, long toBalance) implements Verdict {}

    /** The order is not to be carried out; if the refusal says so, that is recorded under its key. */
    record Refused(TransferOrder order, Refusal refusal) implements Verdict {}

    /** The order has its outcome from an earlier batch. */
    record Known(TransferOutcome outcome) implements Verdict {}

    /** The order is the same as an earlier one of this batch, counted from 0, and shares its outcome. */
    record SameAs(int index) implements Verdict {}
}
