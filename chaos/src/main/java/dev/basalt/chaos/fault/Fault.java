package dev.basalt.chaos.fault;

import dev.basalt.chaos.database.Backend;
import dev.basalt.chaos.judge.Limits;

/**
 * One way to break something. Immutable.
 *
 * @param name what it is picked by, unique for its backend
 * @param backend what it breaks
 * @param what it does, in a few words
 * @param setting what it is tried in
 * @param strike makes it
 * @param heal takes it away
 * @param limits what it may do to the service
 * @param quick whether it belongs to the short form
 */
public record Fault(
        String name,
        Backend backend,
        String what,
        Setting setting,
        Act strike,
        Act heal,
        Limits limits,
        boolean quick) {

    static final Act NOTHING = _ -> {};

    static Fault of(String name, Backend backend, String what, Setting setting, Act strike, Act heal) {
        return new Fault(name, backend, what, setting, strike, heal, Limits.USUAL, false);
    }

    Fault within(Limits newLimits) {
        return new Fault(name, backend, what, setting, strike, heal, newLimits, quick);
    }

    Fault inShortForm() {
        return new Fault(name, backend, what, setting, strike, heal, limits, true);
    }

    /** The same, but lasting so many seconds, unless it is over at once. */
    public Fault lasting(int seconds) {
        return setting.hold().isZero()
                ? this
                : new Fault(name, backend, what, setting.holding(seconds), strike, heal, limits, quick);
    }

    /** The same, but with times that only a hang exceeds. */
    public Fault unhurried() {
        return within(limits.unhurried());
    }

    /** What is done to make a fault, or to take it away. */
    @FunctionalInterface
    public interface Act {
        void on(Scene scene) throws Exception;
    }
}
