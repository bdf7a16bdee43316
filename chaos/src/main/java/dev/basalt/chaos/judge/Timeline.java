package dev.basalt.chaos.judge;

/**
 * When what happened, by {@link System#nanoTime}.
 *
 * @param struck when the fault began
 * @param healed when it was taken away
 * @param usable when the database, or the application's own process, could serve again by itself
 * @param ended when the clients were told to stop
 */
public record Timeline(long struck, long healed, long usable, long ended) {

    boolean isDuringFault(long time) {
        return struck <= time && time < healed;
    }
}
