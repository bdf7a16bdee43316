package dev.basalt.chaos.load;

/**
 * An order that was sent, and what came of it.
 *
 * @param order what was sent
 * @param end when the answer was there, or given up, by {@link System#nanoTime}
 * @param reply what it says
 */
public record Attempt(Order order, long end, Reply reply) {}
