package dev.basalt.chaos.fault;

import dev.basalt.chaos.database.Backend;
import dev.basalt.chaos.database.PostgresDatabase;
import dev.basalt.chaos.judge.Limits;
import java.util.List;

/** What PostgreSQL can refuse although it is up. */
final class SessionFaults {

    /** Those who wait for the locked row hold up others for the ledger's lock time-out, and once more while a group is split. */
    private static final long OTHERS_GAP_MS = 3000;

    private static final Backend POSTGRESQL = Backend.POSTGRESQL;
    private static final String RELOAD = "SELECT pg_reload_conf()";
    private static final String ROLE = "ALTER ROLE " + PostgresDatabase.ROLE;

    private SessionFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of(
                        "sessions-terminated",
                        POSTGRESQL,
                        "the server ends all sessions (57P01), once",
                        Setting.USUAL,
                        scene -> scene.postgres().terminateSessions(),
                        Fault.NOTHING),
                Fault.of(
                                "read-only",
                                POSTGRESQL,
                                "the server takes no writes (default_transaction_read_only)",
                                Setting.USUAL.holding(5),
                                scene -> execute(scene, "ALTER SYSTEM SET default_transaction_read_only = on", RELOAD),
                                scene -> execute(scene, "ALTER SYSTEM RESET default_transaction_read_only", RELOAD))
                        .within(Limits.USUAL.whileReadable()),
                Fault.of(
                        "table-locked",
                        POSTGRESQL,
                        "somebody holds ACCESS EXCLUSIVE on the accounts",
                        Setting.USUAL.holding(7),
                        scene -> scene.hold(
                                scene.postgres().server().connect(PostgresDatabase.NAME),
                                "BEGIN",
                                "LOCK TABLE accounts IN ACCESS EXCLUSIVE MODE"),
                        Scene::letGo),
                Fault.of(
                                "row-locked",
                                POSTGRESQL,
                                "somebody holds the row of one account, longer than a connection is waited for",
                                Setting.USUAL.holding(12).withBystanders(4),
                                scene -> scene.hold(
                                        scene.postgres().server().connect(PostgresDatabase.NAME),
                                        "BEGIN",
                                        "SELECT FROM accounts WHERE id = " + scene.firstAccount() + " FOR UPDATE"),
                                Scene::letGo)
                        .within(Limits.USUAL.whileReadable().withGap(OTHERS_GAP_MS)),
                Fault.of(
                        "too-many-connections",
                        POSTGRESQL,
                        "the sessions are ended, and the server takes no more of them (53300)",
                        Setting.USUAL.holding(5),
                        scene -> {
                            execute(scene, ROLE + " CONNECTION LIMIT 0");
                            scene.postgres().terminateSessions();
                        },
                        scene -> execute(scene, ROLE + " CONNECTION LIMIT -1")),
                Fault.of(
                                "wrong-password",
                                POSTGRESQL,
                                "the role's password is changed and its sessions are ended; later the service is told",
                                Setting.USUAL.holding(7),
                                scene -> scene.changePassword(),
                                scene -> scene.tellPassword())
                        .within(Limits.USUAL.withAttempts(8)),
                Fault.of(
                                "disk-full",
                                POSTGRESQL,
                                "the disk with the tables is full",
                                Setting.USUAL.holding(5).onSmallDisk(),
                                scene -> scene.postgres().fillDisk(),
                                scene -> scene.postgres().freeDisk())
                        .within(Limits.USUAL.whileReadable()));
    }

    private static void execute(Scene scene, String... statements) {
        scene.postgres().server().execute("postgres", statements);
    }
}
