package dev.basalt.chaos.fault;

import dev.basalt.chaos.database.Backend;
import dev.basalt.chaos.judge.Limits;
import java.util.ArrayList;
import java.util.List;

/** What can befall a SQLite file. */
final class FileFaults {

    private static final Backend SQLITE = Backend.SQLITE;

    private FileFaults() {}

    static List<Fault> all() {
        var faults = new ArrayList<>(Faults.ofApplication(SQLITE));
        faults.add(Fault.of(
                        "external-writer",
                        SQLITE,
                        "another program holds the lock for writing",
                        Setting.USUAL.holding(10),
                        FileFaults::lock,
                        Scene::letGo)
                .inShortForm());
        faults.add(Fault.of(
                "crowd-at-recovery",
                SQLITE,
                "the same, with 64 clients when it lets go",
                Setting.USUAL.holding(10).withCrowd(52),
                FileFaults::lock,
                Scene::letGo));
        faults.add(Fault.of(
                "long-reader",
                SQLITE,
                "another program reads in one long transaction, so that the WAL only grows",
                Setting.USUAL.holding(7),
                scene -> scene.hold(scene.sqlite().connect(), "BEGIN", "SELECT COUNT(*) FROM entries"),
                Scene::letGo));
        faults.add(Fault.of(
                        "disk-full",
                        SQLITE,
                        "the disk with the file is full",
                        Setting.USUAL.holding(5).onSmallDisk(),
                        scene -> scene.sqlite().fillDisk(scene.application().pid()),
                        scene -> scene.sqlite().freeDisk(scene.application().pid()))
                .within(Limits.USUAL.whileReadable()));
        return faults;
    }

    private static void lock(Scene scene) throws Exception {
        scene.hold(scene.sqlite().connectForWriting(), "BEGIN IMMEDIATE");
    }
}
