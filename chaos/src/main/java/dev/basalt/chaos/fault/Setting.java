package dev.basalt.chaos.fault;

import java.time.Duration;

/**
 * What a fault is tried in.
 *
 * @param hold how long it lasts; zero if it is over as soon as it has happened
 * @param clients how many call
 * @param bystanders how many more call that keep away from the first account
 * @param more how many more begin to call when it is taken away
 * @param replicas how many instances of the application there are, all started at once on an empty database
 * @param accounts among how many the money moves: two are hot
 * @param smallDisk whether the database lies on a disk that can be filled
 */
public record Setting(
        Duration hold, int clients, int bystanders, int more, int replicas, int accounts, boolean smallDisk) {

    static final Setting USUAL = new Setting(Duration.ZERO, 12, 0, 0, 1, 10, false);

    Setting holding(int seconds) {
        return new Setting(Duration.ofSeconds(seconds), clients, bystanders, more, replicas, accounts, smallDisk);
    }

    Setting withBystanders(int newBystanders) {
        return new Setting(hold, clients, newBystanders, more, replicas, accounts, smallDisk);
    }

    Setting withCrowd(int newMore) {
        return new Setting(hold, clients, bystanders, newMore, replicas, accounts, smallDisk);
    }

    Setting withReplicas(int newReplicas) {
        return new Setting(hold, clients, bystanders, more, newReplicas, accounts, smallDisk);
    }

    Setting onHotAccounts() {
        return new Setting(hold, clients, bystanders, more, replicas, 2, smallDisk);
    }

    Setting onSmallDisk() {
        return new Setting(hold, clients, bystanders, more, replicas, accounts, true);
    }
}
