package dev.basalt.chaos;

import dev.basalt.chaos.application.Application;
import dev.basalt.chaos.application.Http;
import dev.basalt.chaos.application.Program;
import dev.basalt.chaos.database.Backend;
import dev.basalt.chaos.database.Database;
import dev.basalt.chaos.database.PostgresDatabase;
import dev.basalt.chaos.database.SqliteDatabase;
import dev.basalt.chaos.database.Waiting;
import dev.basalt.chaos.fault.Fault;
import dev.basalt.chaos.fault.Scene;
import dev.basalt.chaos.judge.Connects;
import dev.basalt.chaos.judge.Findings;
import dev.basalt.chaos.judge.Health;
import dev.basalt.chaos.judge.Judge;
import dev.basalt.chaos.judge.Limits;
import dev.basalt.chaos.judge.Measures;
import dev.basalt.chaos.judge.Snapshots;
import dev.basalt.chaos.judge.Timeline;
import dev.basalt.chaos.load.Load;
import dev.basalt.chaos.load.Watch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Tries one fault, on an application and a database of its own. */
final class Trial {

    private static final Duration BEFORE = Duration.ofSeconds(2);
    private static final Duration AFTER = Duration.ofSeconds(2);
    private static final Duration RECOVERY = Duration.ofSeconds(45);
    /** Longer than what counts as a hang, so that one is seen. */
    private static final Duration HTTP_TIMEOUT = Limits.HANG.plusSeconds(5);

    private static final long OPENING_BALANCE = 100_000;
    /** The last account has so little that some of its orders are refused. */
    private static final long POOR = 50;

    private final Fault fault;
    private final Program program;
    private final Path folder;
    private final Path binaries;
    private final Findings findings = new Findings();

    /** A trial that keeps everything in a folder of its own, and PostgreSQL's programs in another. */
    Trial(Fault fault, Program program, Path folder, Path binaries) {
        this.fault = fault;
        this.program = program;
        this.folder = folder;
        this.binaries = binaries;
    }

    Result run() throws Exception {
        Files.createDirectories(folder);
        var applications = new ArrayList<Application>();
        try (Database database = create()) {
            try {
                IntStream.rangeClosed(1, fault.setting().replicas())
                        .forEach(i -> applications.add(new Application(program, database, "application-" + i)));
                applications.forEach(Application::start);
                applications.forEach(Application::awaitReady);
                return underLoad(database, applications);
            } finally {
                applications.forEach(Application::close);
            }
        }
    }

    private Result underLoad(Database database, List<Application> applications) throws Exception {
        List<Long> accounts = open(applications.getFirst());
        long money = OPENING_BALANCE * (accounts.size() - 1) + POOR;
        int port = applications.getFirst().port();
        try (var healthHttp = new Http(port, HTTP_TIMEOUT);
                var livenessHttp = new Http(port, HTTP_TIMEOUT);
                var readHttp = new Http(port, HTTP_TIMEOUT);
                var snapshots = new Snapshots(database);
                var load = new Load(applications);
                var scene = new Scene(database, applications, accounts)) {
            load.add(fault.setting().clients(), accounts);
            load.add(fault.setting().bystanders(), accounts.subList(1, accounts.size()));
            TimeUnit.NANOSECONDS.sleep(BEFORE.toNanos());
            List<Integer> threads = threads(applications);
            var health = new Watch<>("health", 100, () -> Health.ask(healthHttp));
            var liveness = new Watch<>("liveness", 250, () -> Health.askLiveness(livenessHttp));
            var reads = new Watch<>("reads", 100, () -> Health.askAccount(readHttp, accounts.getFirst()));
            var sums = new Watch<>(
                    "snapshots", 150, () -> database.isVisible() ? snapshots.take() : Optional.<Snapshots.Sums>empty());
            Timeline timeline;
            try (health;
                    liveness;
                    reads;
                    sums) {
                long struck = System.nanoTime();
                fault.strike().on(scene);
                TimeUnit.NANOSECONDS.sleep(fault.setting().hold().toNanos());
                long healed = System.nanoTime();
                fault.heal().on(scene);
                load.add(fault.setting().more(), accounts);
                database.awaitUsable();
                long usable = System.nanoTime();
                var _ = Waiting.until(RECOVERY, () -> succeededSince(load, usable));
                TimeUnit.NANOSECONDS.sleep(AFTER.toNanos());
                timeline = new Timeline(struck, healed, usable, System.nanoTime());
                load.stop();
            }
            Measures measures = Measures.of(
                    timeline,
                    load.journal(),
                    new Measures.Seen(health.samples(), liveness.samples(), reads.samples()),
                    database.connects()
                            .map(times -> Connects.of(timeline, times))
                            .orElse(Connects.UNKNOWN));
            fault.limits().judge(measures, findings);
            return judge(database, applications, load, money, sums, new Aftermath(threads, measures));
        }
    }

    private Result judge(
            Database database,
            List<Application> applications,
            Load load,
            long money,
            Watch<Optional<Snapshots.Sums>> sums,
            Aftermath aftermath)
            throws Exception {
        aftermath.judge(applications, database, findings);
        var judge = new Judge(database, load.journal(), money, findings);
        copyOut(database, applications);
        judge.judgeDenials();
        int inDoubt = Doubts.count(load.journal());
        int askedAgain = Doubts.settle(load, findings);
        copyOut(database, applications);
        judge.judgeBooks();
        judge.judgeSnapshots(sums.samples().stream()
                .flatMap(sample -> sample.seen().stream())
                .toList());
        return new Result(
                fault,
                aftermath.measures(),
                new Result.Counts(load.journal().done().size(), inDoubt, askedAgain),
                findings.all(),
                folder.toString());
    }

    private Database create() {
        boolean onSmallDisk = fault.setting().smallDisk();
        return fault.backend() == Backend.POSTGRESQL
                ? PostgresDatabase.create(binaries, folder, onSmallDisk)
                : SqliteDatabase.create(folder, onSmallDisk);
    }

    private void copyOut(Database database, List<Application> applications) {
        if (fault.setting().smallDisk() && database instanceof SqliteDatabase sqlite) {
            sqlite.copyOut(applications.getFirst().pid());
        }
    }

    private List<Long> open(Application application) {
        int rich = fault.setting().accounts() - 1;
        var accounts = new ArrayList<Long>();
        for (int i = 0; i < rich; i++) {
            accounts.add(application.open("rich-" + i, OPENING_BALANCE));
        }
        accounts.add(application.open("poor", POOR));
        return accounts;
    }

    private static List<Integer> threads(List<Application> applications) {
        return applications.stream()
                .map(application -> application.threads().orElse(-1))
                .toList();
    }

    private static boolean succeededSince(Load load, long time) {
        long[] successes = load.journal().successes();
        return successes.length > 0 && successes[successes.length - 1] >= time;
    }
}
