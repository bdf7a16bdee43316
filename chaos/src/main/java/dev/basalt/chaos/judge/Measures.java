package dev.basalt.chaos.judge;

import dev.basalt.chaos.load.Journal;
import dev.basalt.chaos.load.Watch.Sample;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a fault did to the service, in figures; times are in milliseconds.
 *
 * @param firstSuccess from when the database was usable again to the first transfer, or -1 if none came
 * @param longestGap between two transfers that succeeded
 * @param recovery what the database (or the process that was killed) itself needed after the fault was taken away
 * @param healthP50 of the answers of the health document while the fault lasted, or -1 if it was over at once
 * @param healthP99 the same at p99
 * @param notHealthyAfter when the document first said so, after the fault began, or -1 if it did not
 * @param connects how often the application tried to connect
 * @param health the health documents
 * @param liveness of the process
 * @param reads of an account
 * @param codes how often each answer to an order came
 */
public record Measures(
        long firstSuccess,
        long longestGap,
        long recovery,
        long healthP50,
        long healthP99,
        long notHealthyAfter,
        Connects connects,
        Answers health,
        Answers liveness,
        Answers reads,
        Map<String, Integer> codes) {

    /** Takes them. */
    public static Measures of(Timeline timeline, Journal journal, Seen seen, Connects connects) {
        List<Sample<Health>> health = seen.health();
        long[] successes = journal.successes();
        long[] latencies = health.stream()
                .filter(sample -> timeline.isDuringFault(sample.start()))
                .mapToLong(sample -> millis(sample.end() - sample.start()))
                .sorted()
                .toArray();
        OptionalLong notHealthy = health.stream()
                .filter(sample ->
                        timeline.isDuringFault(sample.end()) && sample.seen().tellsOfTrouble())
                .mapToLong(Sample::end)
                .min();
        return new Measures(
                Arrays.stream(successes)
                        .filter(time -> time >= timeline.usable())
                        .map(time -> millis(time - timeline.usable()))
                        .findFirst()
                        .orElse(-1),
                longestGap(successes, timeline),
                millis(timeline.usable() - timeline.healed()),
                quantile(latencies, 0.5),
                quantile(latencies, 0.99),
                notHealthy.isPresent() ? millis(notHealthy.getAsLong() - timeline.struck()) : -1,
                connects,
                Answers.of(timeline, health, Health::isHealthDocument),
                Answers.of(timeline, seen.liveness(), Health::isFound),
                Answers.of(timeline, seen.reads(), Health::isFound),
                journal.codes());
    }

    /** A service that never came back has its gap to the end. */
    private static long longestGap(long[] successes, Timeline timeline) {
        long longest = 0;
        long last = successes.length == 0 ? timeline.struck() : successes[0];
        for (long success : successes) {
            longest = Math.max(longest, Math.min(success, timeline.ended()) - last);
            last = success;
        }
        return millis(Math.max(longest, timeline.ended() - last));
    }

    private static long quantile(long[] sorted, double share) {
        return sorted.length == 0 ? -1 : sorted[(int) Math.ceil(share * sorted.length) - 1];
    }

    private static long millis(long nanos) {
        return nanos / 1_000_000;
    }

    /**
     * What was seen from the beginning of the fault on.
     *
     * @param health the health documents
     * @param liveness whether the process lives
     * @param reads of an account
     */
    public record Seen(List<Sample<Health>> health, List<Sample<Health>> liveness, List<Sample<Health>> reads) {}
}
