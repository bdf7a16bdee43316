package dev.basalt.domain.ledger;

import java.time.Instant;

/**
 * Money that was moved.
 *
 * @param id its number
 * @param fromAccount where the money came from
 * @param toAccount where it went
 * @param amount how much, in minor units, 1 or more
 * @param currency the ISO 4217 code of both accounts' currency
 * @param description what it was for
 * @param createdAt when it was booked, in whole microseconds
 */
public record Transfer(
        long id,
        long fromAccount,
        long toAccount,
        long amount,
        String currency,
        String description,
        Instant createdAt) {}
