package dev.basalt.app.resilience;

/** Why work that might have been run again was not. */
public enum GaveUp {
    /** It failed in each of the allowed attempts. */
    ATTEMPTS,
    /** The next attempt would have begun after the deadline. */
    DEADLINE,
    /** It failed, in an attempt after the first, by what does not pass. */
    LASTING,
    /** Retries had taken their share of the traffic. */
    BUDGET,
    /** The caller was interrupted while it waited for the next attempt. */
    INTERRUPTED,
    /** The service stops. */
    STOPPING
}
