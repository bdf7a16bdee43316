package dev.basalt.chaos.fault;

import dev.basalt.chaos.database.Backend;
import dev.basalt.chaos.judge.Limits;
import dev.basalt.chaos.proxy.FaultProxy;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** What can befall the network between the application and PostgreSQL. */
final class NetworkFaults {

    private NetworkFaults() {}

    static List<Fault> all() {
        return List.of(
                lasting("latency", "each packet takes 50 ms", 5, network -> network.delay(ms(50), ms(0))),
                lasting("jitter", "each packet takes up to 150 ms", 5, network -> network.delay(ms(0), ms(150))),
                lasting("bandwidth", "16 KiB a second on each connection", 5, network -> network.limit(16 * 1024)),
                lasting("black-hole", "nothing gets through; later, all that waited does", 7, FaultProxy::blackHole)
                        .within(Limits.USUAL.whileFrozen()),
                lasting(
                                "silent-death",
                                "nothing gets through; later, new connections do, but the old ones never again",
                                7,
                                network -> {
                                    network.silence();
                                    network.blackHole();
                                })
                        .within(Limits.USUAL.whileFrozen()),
                lasting("refused", "connections are cut, and new ones refused", 5, FaultProxy::refuse),
                lasting("cut", "each connection is cut after 8 KiB of answers", 5, network -> network.cutAfter(8192)),
                lasting(
                                "lost-commit",
                                "the answers to three COMMITs in five are lost, and the connections cut",
                                4,
                                network -> network.loseCommitReplies(0.6))
                        .inShortForm(),
                lasting(
                        "lost-commits",
                        "the answers to all COMMITs are lost, and the connections cut",
                        4,
                        network -> network.loseCommitReplies(1)),
                Fault.of(
                        "reset",
                        Backend.POSTGRESQL,
                        "all connections are cut, once",
                        Setting.USUAL,
                        scene -> scene.postgres().network().reset(),
                        Fault.NOTHING));
    }

    private static Fault lasting(String name, String what, int seconds, Consumer<FaultProxy> strike) {
        return Fault.of(
                name,
                Backend.POSTGRESQL,
                what,
                Setting.USUAL.holding(seconds),
                scene -> strike.accept(scene.postgres().network()),
                scene -> scene.postgres().network().heal());
    }

    private static Duration ms(int millis) {
        return Duration.ofMillis(millis);
    }
}
