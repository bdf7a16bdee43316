package dev.basalt.chaos.fault;

import dev.basalt.chaos.database.Backend;
import java.util.List;
import java.util.stream.Stream;

/** All of them. */
public final class Faults {

    private Faults() {}

    /** Those of all backends, in the order in which they are tried. */
    public static List<Fault> all() {
        return Stream.of(ServerFaults.all(), NetworkFaults.all(), SessionFaults.all(), FileFaults.all())
                .flatMap(List::stream)
                .toList();
    }

    /** What can befall the application on either backend. */
    static List<Fault> ofApplication(Backend backend) {
        return List.of(
                Fault.of("control", backend, "nothing at all", Setting.USUAL.holding(3), Fault.NOTHING, Fault.NOTHING),
                Fault.of(
                                "app-killed",
                                backend,
                                "the application is killed in the middle of its work, and started again",
                                Setting.USUAL,
                                scene -> scene.application().kill(),
                                Faults::startAgain)
                        .inShortForm(),
                Fault.of(
                        "two-replicas",
                        backend,
                        "two instances migrate at once, and share the load; one of them is killed, and started again",
                        Setting.USUAL.withReplicas(2).onHotAccounts(),
                        scene -> scene.application().kill(),
                        Faults::startAgain));
    }

    private static void startAgain(Scene scene) {
        scene.application().start();
        scene.application().awaitReady();
    }
}
