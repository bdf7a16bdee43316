package dev.basalt.domain.ledger;

import java.time.Instant;

/**
 * One side of a transfer, as it stands on an account. All entries of the ledger add up to 0.
 *
 * @param transferId the transfer it belongs to
 * @param amount what it adds to the account, in minor units; below 0 where money left
 * @param balanceAfter what was on the account then
 * @param createdAt when it was booked, in whole microseconds
 */
public record Entry(long transferId, long amount, long balanceAfter, Instant createdAt) {}
