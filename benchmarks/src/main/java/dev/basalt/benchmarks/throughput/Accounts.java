package dev.basalt.benchmarks.throughput;

import dev.basalt.chaos.application.Application;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * The accounts among which money is moved, with so much on each that none runs dry.
 *
 * @param first the lowest number
 * @param step from one number to the next: PostgreSQL leaves some out
 * @param count how many there are
 */
record Accounts(long first, long step, int count) {

    private static final int COUNT = 1000;
    private static final long OPENING_BALANCE = 1_000_000_000;

    /** Opens them, one after another. */
    static Accounts open(Application application) {
        // The currency's system account is made with the first one, whose number is not one of the row.
        var _ = application.open("account", OPENING_BALANCE);
        long[] numbers = IntStream.range(0, COUNT)
                .mapToLong(i -> application.open("account-" + i, OPENING_BALANCE))
                .toArray();
        var accounts = new Accounts(numbers[0], numbers[1] - numbers[0], COUNT);
        if (numbers[COUNT - 1] != accounts.number(COUNT - 1)) {
            throw new IllegalStateException("the accounts' numbers are not equally far apart");
        }
        return accounts;
    }

    /** The number of the account in this place, from 0. */
    long number(int index) {
        return first + index * step;
    }

    /** Any of them. */
    int random() {
        return ThreadLocalRandom.current().nextInt(count);
    }

    /** Any other one. */
    int randomBut(int index) {
        return (index + 1 + ThreadLocalRandom.current().nextInt(count - 1)) % count;
    }
}
