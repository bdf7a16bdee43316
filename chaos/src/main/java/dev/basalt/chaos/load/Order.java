package dev.basalt.chaos.load;

/**
 * What a client wants done, once.
 *
 * @param key the idempotency key
 * @param from the account that pays
 * @param to the account that gets it
 * @param amount how much, in minor units
 */
public record Order(String key, long from, long to, long amount) {

    String json() {
        return "{\"from_account\":%d,\"to_account\":%d,\"amount\":%d,\"description\":\"chaos\"}"
                .formatted(from, to, amount);
    }
}
