package dev.basalt.chaos.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.chaos.load.Journal;
import dev.basalt.chaos.load.Watch.Sample;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LimitsTest {

    private static final long MS = 1_000_000;
    private static final Timeline TIMELINE = new Timeline(0, 7000 * MS, 7000 * MS, 9000 * MS);
    private static final List<Sample<Health>> LIVES = List.of(new Sample<>(MS, 2 * MS, new Health(200, "UP")));
    private static final List<Sample<Health>> TELLS =
            List.of(new Sample<>(1000 * MS, 1001 * MS, new Health(503, "UNHEALTHY")));

    private final Findings findings = new Findings();

    @Test
    void who_tells_of_a_freeze_and_lives_is_blamed_for_nothing_of_it() {
        judgeFrozen(Limits.USUAL, TELLS, LIVES);

        assertThat(findings.all()).containsExactly("no transfer succeeded after the fault");
    }

    @Test
    void health_that_fails_has_told_of_nothing() {
        judgeFrozen(Limits.USUAL, List.of(new Sample<>(1000 * MS, 1001 * MS, new Health(500, ""))), LIVES);

        assertThat(findings.all())
                .contains("health never told of it")
                .anyMatch(found -> found.startsWith("1 answers that were no health document"));
    }

    @Test
    void health_without_an_answer_fails_also_where_nobody_is_in_a_hurry() {
        judgeFrozen(Limits.USUAL.unhurried(), List.of(new Sample<>(1000 * MS, 11_000 * MS, new Health(0, ""))), LIVES);

        assertThat(findings.all()).anyMatch(found -> found.startsWith("1 answers that were no health document"));
    }

    @Test
    void a_process_that_is_slow_to_say_that_it_lives_fails() {
        judgeFrozen(Limits.USUAL, TELLS, List.of(new Sample<>(1000 * MS, 2500 * MS, new Health(200, "UP"))));

        assertThat(findings.all()).contains("liveness answered within 1500 ms, 1000 are allowed");
    }

    @Test
    void a_pool_that_connects_anew_at_once_is_allowed_to() {
        judgeConnects(Limits.USUAL.withAttempts(8), times(9, 10), times(9, 7200));

        assertThat(findings.all()).containsExactly("no transfer succeeded after the fault");
    }

    @Test
    void a_crowd_of_attempts_after_the_fault_fails() {
        judgeConnects(Limits.USUAL, times(30, 7100), times(30, 8000));

        assertThat(findings.all()).contains("60 attempts to connect within one second, 50 are allowed");
    }

    @Test
    void attempts_that_are_a_second_apart_are_not_added_up() {
        judgeConnects(Limits.USUAL, times(30, 7100), times(30, 8100));

        assertThat(findings.all()).containsExactly("no transfer succeeded after the fault");
    }

    @Test
    void a_storm_of_attempts_while_the_password_is_wrong_fails() {
        judgeConnects(Limits.USUAL.withAttempts(8), times(20, 500), times(20, 2500), times(23, 4500));

        assertThat(findings.all()).contains("9.0 attempts to connect in a second, 8 are allowed");
    }

    @Test
    void the_attempts_after_a_fault_that_is_over_at_once_are_counted_for_a_second() {
        var atOnce = new Timeline(0, 5 * MS, 5 * MS, 3000 * MS);

        var connects = Connects.of(
                atOnce, LongStream.concat(times(9, 300), times(2, 2000)).boxed().toList());

        assertThat(connects).isEqualTo(new Connects(9, 9));
    }

    private void judgeFrozen(Limits limits, List<Sample<Health>> health, List<Sample<Health>> liveness) {
        judge(limits.whileFrozen(), new Measures.Seen(health, liveness, List.of()), Connects.UNKNOWN);
    }

    private void judgeConnects(Limits limits, LongStream... times) {
        judge(
                limits,
                new Measures.Seen(List.of(), List.of(), List.of()),
                Connects.of(
                        TIMELINE,
                        Stream.of(times).flatMapToLong(some -> some).boxed().toList()));
    }

    private void judge(Limits limits, Measures.Seen seen, Connects connects) {
        limits.judge(Measures.of(TIMELINE, new Journal(), seen, connects), findings);
    }

    private static LongStream times(int count, long ms) {
        return LongStream.range(0, count).map(_ -> ms * MS);
    }
}
