package dev.basalt.chaos.proxy;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** What holds for all connections of a proxy at the moment. Thread-safe. */
final class Conditions {

    private boolean frozen;
    private volatile Duration delay = Duration.ZERO;
    private volatile Duration jitter = Duration.ZERO;
    private volatile long bytesPerSecond = Long.MAX_VALUE;
    private volatile long cutAfter = Long.MAX_VALUE;
    private volatile double lostCommits;

    synchronized void freeze() {
        frozen = true;
    }

    /** Back to a way on which everything passes at once. */
    synchronized void heal() {
        frozen = false;
        delay = Duration.ZERO;
        jitter = Duration.ZERO;
        bytesPerSecond = Long.MAX_VALUE;
        cutAfter = Long.MAX_VALUE;
        lostCommits = 0;
        notifyAll();
    }

    void delay(Duration least, Duration more) {
        delay = least;
        jitter = more;
    }

    void limit(long newBytesPerSecond) {
        bytesPerSecond = newBytesPerSecond;
    }

    void cutAfter(long bytes) {
        cutAfter = bytes;
    }

    void loseCommitReplies(double share) {
        lostCommits = share;
    }

    long cutAfter() {
        return cutAfter;
    }

    /** Tells of each COMMIT that goes by whether its reply is to be lost. */
    boolean losesThisReply() {
        return ThreadLocalRandom.current().nextDouble() < lostCommits;
    }

    synchronized void awaitPassage() throws InterruptedException {
        while (frozen) {
            wait();
        }
    }

    /** Waits as long as so many bytes are under way. */
    void travel(int bytes) throws InterruptedException {
        long spread = jitter.toNanos();
        long nanos =
                delay.toNanos() + (spread == 0 ? 0 : ThreadLocalRandom.current().nextLong(spread));
        if (bytesPerSecond != Long.MAX_VALUE) {
            nanos += bytes * 1_000_000_000L / bytesPerSecond;
        }
        if (nanos > 0) {
            Thread.sleep(Duration.ofNanos(nanos));
        }
        awaitPassage();
    }
}
