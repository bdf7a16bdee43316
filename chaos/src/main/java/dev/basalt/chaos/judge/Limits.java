package dev.basalt.chaos.judge;

import java.time.Duration;

/**
 * How much a fault may do to the service.
 *
 * @param firstSuccessMs from when the database is usable again to the first transfer
 * @param longestGapMs between two transfers that succeed
 * @param attemptsPerSecond connections that it may try to open on average while the fault lasts
 * @param freezes whether the fault leaves the application waiting for answers: then the health document has to come fast
 *     all the same, has to say so soon, and the process must be known to live
 * @param slowestReadMs of an account, each of which has to be answered; {@link Long#MAX_VALUE} where nothing may be read
 * @param hurried whether times are judged; if not, only that an answer comes at all, as on a machine that is busy with
 *     something else
 */
public record Limits(
        long firstSuccessMs,
        long longestGapMs,
        double attemptsPerSecond,
        boolean freezes,
        long slowestReadMs,
        boolean hurried) {

    private static final long HEALTH_P99_MS = 100;
    private static final long NOT_HEALTHY_MS = 2000;
    private static final long LIVENESS_MS = 1000;
    private static final long READ_MS = 2000;
    /** In any one second, from the beginning of the fault until the clients stop. */
    private static final int ATTEMPTS = 50;

    /** What takes longer is a hang, however busy the machine is. */
    public static final Duration HANG = Duration.ofSeconds(15);

    /** What every fault has to keep. */
    public static final Limits USUAL = new Limits(1000, Long.MAX_VALUE, ATTEMPTS, false, Long.MAX_VALUE, true);

    public Limits whileFrozen() {
        return new Limits(firstSuccessMs, longestGapMs, attemptsPerSecond, true, slowestReadMs, hurried);
    }

    public Limits whileReadable() {
        return new Limits(firstSuccessMs, longestGapMs, attemptsPerSecond, freezes, READ_MS, hurried);
    }

    public Limits withGap(long ms) {
        return new Limits(firstSuccessMs, ms, attemptsPerSecond, freezes, slowestReadMs, hurried);
    }

    public Limits withAttempts(double perSecond) {
        return new Limits(firstSuccessMs, longestGapMs, perSecond, freezes, slowestReadMs, hurried);
    }

    /** The same, but with times that only a hang exceeds. */
    public Limits unhurried() {
        return new Limits(firstSuccessMs, longestGapMs, attemptsPerSecond, freezes, slowestReadMs, false);
    }

    /** Notes what was not kept. */
    public void judge(Measures measures, Findings findings) {
        findings.require(measures.firstSuccess() >= 0, "no transfer succeeded after the fault");
        within(measures.firstSuccess(), firstSuccessMs, "the first success came after", findings);
        if (longestGapMs != Long.MAX_VALUE) {
            within(measures.longestGap(), longestGapMs, "nothing succeeded for", findings);
        }
        judgeConnects(measures.connects(), findings);
        if (freezes) {
            judgeHealth(measures, findings);
        }
        if (slowestReadMs != Long.MAX_VALUE) {
            judgeAnswers(measures.reads(), "reads of an account", findings);
            within(measures.reads().slowest(), slowestReadMs, "reading an account took", findings);
        }
    }

    private void judgeConnects(Connects connects, Findings findings) {
        findings.require(
                !hurried || connects.perSecond() <= attemptsPerSecond,
                "%.1f attempts to connect in a second, %.0f are allowed"
                        .formatted(connects.perSecond(), attemptsPerSecond));
        findings.require(
                !hurried || connects.most() <= ATTEMPTS,
                "%d attempts to connect within one second, %d are allowed".formatted(connects.most(), ATTEMPTS));
    }

    private void judgeHealth(Measures measures, Findings findings) {
        findings.require(measures.healthP99() >= 0, "nobody asked for the health document");
        within(measures.healthP99(), HEALTH_P99_MS, "health answered at p99 within", findings);
        if (hurried) {
            findings.require(measures.notHealthyAfter() >= 0, "health never told of it");
            within(measures.notHealthyAfter(), NOT_HEALTHY_MS, "health told of it after", findings);
        }
        findings.none(measures.health().failed(), "answers that were no health document");
        judgeAnswers(measures.liveness(), "looks whether the process lives", findings);
        within(measures.liveness().slowest(), LIVENESS_MS, "liveness answered within", findings);
    }

    private static void judgeAnswers(Answers answers, String what, Findings findings) {
        findings.require(answers.count() > 0, "no " + what);
        findings.none(answers.failed(), what + " that failed");
    }

    private void within(long ms, long allowed, String what, Findings findings) {
        long limit = hurried ? allowed : HANG.toMillis();
        findings.require(ms <= limit, "%s %d ms, %d are allowed".formatted(what, ms, limit));
    }
}
