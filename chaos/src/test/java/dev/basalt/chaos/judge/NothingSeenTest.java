package dev.basalt.chaos.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.chaos.database.SqliteDatabase;
import dev.basalt.chaos.load.Journal;
import dev.basalt.chaos.load.Watch.Sample;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NothingSeenTest {

    private static final Timeline TIMELINE = new Timeline(0, 7_000_000_000L, 7_000_000_000L, 9_000_000_000L);

    private final Findings findings = new Findings();

    @Test
    void a_trial_without_a_snapshot_fails(@TempDir Path folder) {
        judgeSnapshots(folder, false, List.of());

        assertThat(findings.all()).containsExactly("the money was never added up meanwhile");
    }

    @Test
    void a_right_snapshot_is_enough(@TempDir Path folder) {
        judgeSnapshots(folder, false, List.of(new Snapshots.Sums(0, 0, 100)));

        assertThat(findings.all()).isEmpty();
    }

    @Test
    void a_disk_that_nobody_else_sees_gives_no_snapshots(@TempDir Path folder) {
        judgeSnapshots(folder, true, List.of());

        assertThat(findings.all()).isEmpty();
    }

    @Test
    void a_freeze_during_which_nobody_asked_for_anything_fails() {
        judge(Limits.USUAL.whileFrozen(), List.of());

        assertThat(findings.all())
                .contains(
                        "nobody asked for the health document",
                        "health never told of it",
                        "no looks whether the process lives");
    }

    @Test
    void answers_after_the_fault_do_not_count() {
        judge(Limits.USUAL.whileFrozen(), List.of(answered(8, 200)));

        assertThat(findings.all()).contains("nobody asked for the health document");
    }

    @Test
    void a_process_that_was_not_known_to_live_fails() {
        judge(Limits.USUAL.whileFrozen(), List.of(answered(1, 200), answered(2, 503)));

        assertThat(findings.all())
                .anyMatch(found -> found.startsWith("1 looks whether the process lives that failed"))
                .noneMatch(found -> found.startsWith("nobody"));
    }

    @Test
    void reads_are_required_where_they_go_on() {
        judge(Limits.USUAL.whileReadable(), List.of());

        assertThat(findings.all()).contains("no reads of an account");
    }

    @Test
    void who_is_not_in_a_hurry_still_wants_to_see_something() {
        judge(Limits.USUAL.whileFrozen().unhurried(), List.of());

        assertThat(findings.all())
                .contains("nobody asked for the health document", "no looks whether the process lives");
    }

    private void judgeSnapshots(Path folder, boolean onSmallDisk, List<Snapshots.Sums> snapshots) {
        try (var database = SqliteDatabase.create(folder, onSmallDisk)) {
            new Judge(database, new Journal(), 100, findings).judgeSnapshots(snapshots);
        }
    }

    private void judge(Limits limits, List<Sample<Health>> samples) {
        limits.judge(
                Measures.of(TIMELINE, new Journal(), new Measures.Seen(samples, samples, samples), Connects.UNKNOWN),
                findings);
    }

    private static Sample<Health> answered(int second, int status) {
        long start = second * 1_000_000_000L;
        return new Sample<>(start, start + 1_000_000, new Health(status, status == 200 ? "DEGRADED" : ""));
    }
}
