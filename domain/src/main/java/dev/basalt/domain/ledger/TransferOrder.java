package dev.basalt.domain.ledger;

/**
 * The order to move money from one account to another.
 *
 * @param key the idempotency key: the same order under the same key is carried out once; 1 to {@value #MAX_KEY}
 *     characters
 * @param fromAccount where the money comes from
 * @param toAccount where it goes, another account
 * @param amount how much, in minor units, 1 or more
 * @param description what it is for, up to {@value #MAX_DESCRIPTION} characters
 */
public record TransferOrder(String key, long fromAccount, long toAccount, long amount, String description) {

    public static final int MAX_KEY = 255;
    public static final int MAX_DESCRIPTION = 500;

    public TransferOrder {
        requireKey(key);
        if (fromAccount == toAccount) {
            throw new IllegalArgumentException("to_account is " + toAccount + ", as is from_account");
        }
        if (amount < 1) {
            throw new IllegalArgumentException("amount is " + amount + ": 1 or more is allowed");
        }
        if (description.length() > MAX_DESCRIPTION) {
            throw new IllegalArgumentException(
                    "description has " + description.length() + " characters: up to 500 are allowed");
        }
        requireText("description", description);
    }

    static void requireKey(String key) {
        if (key.isEmpty() || key.length() > MAX_KEY) {
            throw new IllegalArgumentException(
                    "idempotency key has " + key.length() + " characters: 1 to 255 are allowed");
        }
        requireText("idempotency key", key);
    }

    /** What every backend can keep: no U+0000, and no half of a surrogate pair. */
    static void requireText(String name, String text) {
        if (text.indexOf('\0') >= 0 || text.codePoints().anyMatch(TransferOrder::isHalfOfAPair)) {
            throw new IllegalArgumentException(name + " has a U+0000 or an unpaired surrogate: neither is allowed");
        }
    }

    private static boolean isHalfOfAPair(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
