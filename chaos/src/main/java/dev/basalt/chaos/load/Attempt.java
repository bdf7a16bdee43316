package dev.basalt.chaos.load;

/**
 * An order that was sent, and what came of it.
 *
 * @param order what was sent
 * @param start when it was sent, by {@link System#nanoTime}
 * @param end when the answer was there, or given up
 * @param reply what it says
 */
public record Attempt(Order order, long start, long end, Reply reply) {}
