package dev.basalt.chaos.fault;

import dev.basalt.chaos.database.Backend;
import dev.basalt.chaos.judge.Limits;
import java.util.ArrayList;
import java.util.List;

/** What can befall PostgreSQL's processes. */
final class ServerFaults {

    private static final Backend POSTGRESQL = Backend.POSTGRESQL;

    private ServerFaults() {}

    static List<Fault> all() {
        var faults = new ArrayList<>(Faults.ofApplication(POSTGRESQL));
        faults.add(Fault.of(
                "backend-killed",
                POSTGRESQL,
                "one of the server's processes is killed: it cuts all sessions, and recovers",
                Setting.USUAL,
                scene -> scene.postgres().server().killOneBackend("ledger"),
                Fault.NOTHING));
        faults.add(Fault.of(
                        "server-killed",
                        POSTGRESQL,
                        "all of the server's processes are killed, and it is started again",
                        Setting.USUAL,
                        scene -> scene.postgres().server().kill(),
                        scene -> scene.postgres().server().start())
                .inShortForm());
        faults.add(Fault.of(
                "server-stopped",
                POSTGRESQL,
                "the server is stopped at once, and started again later",
                Setting.USUAL.holding(7),
                scene -> scene.postgres().server().stopImmediately(),
                scene -> scene.postgres().server().start()));
        faults.add(Fault.of(
                "crowd-at-recovery",
                POSTGRESQL,
                "the same, with 64 clients at the recovery",
                Setting.USUAL.holding(7).withCrowd(52),
                scene -> scene.postgres().server().stopImmediately(),
                scene -> scene.postgres().server().start()));
        faults.add(Fault.of(
                        "server-frozen",
                        POSTGRESQL,
                        "all of the server's processes are stopped in their tracks (SIGSTOP), and go on later",
                        Setting.USUAL.holding(7),
                        scene -> scene.postgres().server().freeze(),
                        scene -> scene.postgres().server().thaw())
                .within(Limits.USUAL.whileFrozen())
                .inShortForm());
        return faults;
    }
}
