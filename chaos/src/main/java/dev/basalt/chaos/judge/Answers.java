package dev.basalt.chaos.judge;

import dev.basalt.chaos.load.Watch.Sample;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a document was answered while a fault lasted.
 *
 * @param count how often it was asked for
 * @param slowest how long the slowest answer took, in milliseconds, or -1 if there was none
 * @param failed the answers that were not what was asked for
 */
public record Answers(int count, long slowest, List<Health> failed) {

    public Answers {
        failed = List.copyOf(failed);
    }

    static Answers of(Timeline timeline, Collection<Sample<Health>> samples, Predicate<Health> right) {
        List<Sample<Health>> during = samples.stream()
                .filter(sample -> timeline.isDuringFault(sample.start()))
                .toList();
        return new Answers(
                during.size(),
                during.stream()
                        .mapToLong(sample -> (sample.end() - sample.start()) / 1_000_000)
                        .max()
                        .orElse(-1),
                during.stream().map(Sample::seen).filter(right.negate()).toList());
    }
}
