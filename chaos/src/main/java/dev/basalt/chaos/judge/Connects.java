package dev.basalt.chaos.judge;

import java.util.Collection;

/**
 * How often the application tried to connect to the database.
 *
 * @param perSecond on average while the fault lasted, or in its first second if it was over sooner; -1 if nobody can tell
 * @param most in any one second from the beginning of the fault until the clients stopped, or -1
 */
public record Connects(double perSecond, int most) {

    private static final long SECOND = 1_000_000_000;

    /** Where nobody can tell. */
    public static final Connects UNKNOWN = new Connects(-1, -1);

    /** Counts them, each by when it was, as {@link System#nanoTime} has it. */
    public static Connects of(Timeline timeline, Collection<Long> times) {
        long[] all = times.stream()
                .mapToLong(Long::longValue)
                .filter(time -> timeline.struck() <= time && time < timeline.ended())
                .sorted()
                .toArray();
        long lasted = Math.max(timeline.healed() - timeline.struck(), SECOND);
        long meanwhile = 0;
        int most = 0;
        int first = 0;
        for (int i = 0; i < all.length; i++) {
            if (all[i] - timeline.struck() < lasted) {
                meanwhile++;
            }
            while (all[i] - all[first] >= SECOND) {
                first++;
            }
            most = Math.max(most, i - first + 1);
        }
        return new Connects(meanwhile * (double) SECOND / lasted, most);
    }
}
