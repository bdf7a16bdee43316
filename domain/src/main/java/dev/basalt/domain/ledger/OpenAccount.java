package dev.basalt.domain.ledger;

import java.util.Currency;

/**
 * The order to open an account.
 *
 * @param key the idempotency key: the same order under the same key is carried out once
 * @param owner whose account it is to be, 1 to {@value #MAX_OWNER} characters
 * @param currency its currency's ISO 4217 code
 * @param openingBalance what is to be on it at first, in minor units, 0 or more
 */
public record OpenAccount(String key, String owner, String currency, long openingBalance) {

    public static final int MAX_OWNER = 200;

    public OpenAccount {
        TransferOrder.requireKey(key);
        if (owner.isBlank() || owner.length() > MAX_OWNER) {
            throw new IllegalArgumentException("owner is blank or has more than 200 characters: 1 to 200 are allowed");
        }
        TransferOrder.requireText("owner", owner);
        if (!isCurrency(currency)) {
            throw new IllegalArgumentException("currency is '" + currency + "': an ISO 4217 code is allowed");
        }
        if (openingBalance < 0) {
            throw new IllegalArgumentException("opening_balance is " + openingBalance + ": 0 or more is allowed");
        }
    }

    /** Tells whether this is the code of a currency, as the JDK knows them (ISO 4217). */
    public static boolean isCurrency(String code) {
        return Currency.getAvailableCurrencies().stream()
                .anyMatch(currency -> currency.getCurrencyCode().equals(code));
    }
}
