package dev.basalt.chaos;

import dev.basalt.chaos.judge.Connects;
import dev.basalt.chaos.judge.Measures;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The results as a table of Markdown. */
final class Report {

    private static final String HEAD = """
            | fault | backend | verdict | first success ms | needed itself ms | longest gap ms | slowest read ms | health p50 / p99 / max ms \
            | not healthy after ms | acknowledged | in doubt | asked again | connects/s mean / most | answers |
            | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
            """;

    private Report() {}

    /** The table, and below it what was wrong. */
    static String of(List<Result> results) {
        var text = new StringBuilder(HEAD);
        results.forEach(result -> text.append(row(result)));
        for (Result result : results) {
            if (!result.passed()) {
                text.append("\n**")
                        .append(title(result))
                        .append("** (")
                        .append(result.folder())
                        .append(")\n");
                result.findings()
                        .forEach(finding -> text.append("* ").append(finding).append('\n'));
            }
        }
        return text.toString();
    }

    /** One row of it. */
    static String row(Result result) {
        Measures measures = result.measures();
        String verdict = result.passed() ? "passed" : "**FAILED**";
        String figures = measures == null
                ? "- | - | - | - | - | - | - | - | - | - | - |"
                : "%s | %s | %d | %s | %s / %s / %s | %s | %d | %d | %d | %s | %s |"
                        .formatted(
                                figure(measures.firstSuccess()),
                                measures.recovery(),
                                measures.longestGap(),
                                figure(measures.reads().slowest()),
                                figure(measures.healthP50()),
                                figure(measures.healthP99()),
                                figure(measures.health().slowest()),
                                figure(measures.notHealthyAfter()),
                                result.counts().acknowledged(),
                                result.counts().inDoubt(),
                                result.counts().askedAgain(),
                                connects(measures.connects()),
                                answers(measures.codes()));
        return "| %s | %s | %s | %s%n".formatted(result.fault().name(), backend(result), verdict, figures);
    }

    private static String title(Result result) {
        return result.fault().name() + " on " + backend(result);
    }

    private static String backend(Result result) {
        return result.fault().backend().name().toLowerCase(Locale.ROOT);
    }

    private static String figure(long value) {
        return value < 0 ? "-" : Long.toString(value);
    }

    private static String connects(Connects connects) {
        return connects.most() < 0 ? "-" : "%.1f / %d".formatted(connects.perSecond(), connects.most());
    }

    private static String answers(Map<String, Integer> codes) {
        return codes.entrySet().stream()
                .map(code -> code.getKey() + " " + code.getValue())
                .collect(Collectors.joining(", "));
    }
}
