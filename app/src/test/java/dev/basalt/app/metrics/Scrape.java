package dev.basalt.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.app.RunningApplication;
import dev.basalt.app.RunningApplication.Answer;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /prometheus} said at one time.
 *
 * @param types by name, without the maxima that accompany histograms
 */
record Scrape(String text, Map<String, String> types, List<Sample> samples) {

    private static final Pattern TYPE = Pattern.compile("^# TYPE (\\S+) (\\S+)$", Pattern.MULTILINE);
    private static final Pattern SAMPLE = Pattern.compile("^([a-zA-Z_]\\w*)(?:\\{(.*)})? (\\S+)$", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** One line. */
    record Sample(String name, Map<String, String> labels, double value) {}

    static Scrape of(RunningApplication application) {
        Answer answer = application.get("/prometheus");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/plain");
        var types = new TreeMap<String, String>();
        TYPE.matcher(answer.text()).results().forEach(type -> types.put(type.group(1), type.group(2)));
        types.keySet()
                .removeIf(name ->
                        name.endsWith("_max") && "histogram".equals(types.get(name.substring(0, name.length() - 4))));
        List<Sample> samples = SAMPLE.matcher(answer.text())
                .results()
                .map((MatchResult line) ->
                        new Sample(line.group(1), parsed(line.group(2)), Double.parseDouble(line.group(3))))
                .toList();
        return new Scrape(answer.text(), types, samples);
    }

    private static Map<String, String> parsed(@Nullable String text) {
        var labels = new TreeMap<String, String>();
        if (text != null) {
            LABEL.matcher(text).results().forEach(label -> labels.put(label.group(1), label.group(2)));
        }
        return labels;
    }

    /** The names of the labels that a metric has, the same for each of its series. */
    SortedSet<String> labels(String metric) {
        String name = "histogram".equals(types.get(metric)) ? metric + "_count" : metric;
        List<TreeSet<String>> found = samples.stream()
                .filter(sample -> sample.name().equals(name))
                .map(sample -> new TreeSet<>(sample.labels().keySet()))
                .distinct()
                .toList();
        assertThat(found).as(metric).hasSize(1);
        return found.getFirst();
    }

    /** The sum of all series of a name that have these labels, given as names and values by turns. */
    double sum(String name, String... labels) {
        List<Sample> found = samples.stream()
                .filter(sample -> sample.name().equals(name) && has(sample, labels))
                .toList();
        assertThat(found).as(name + List.of(labels)).isNotEmpty();
        return found.stream().mapToDouble(Sample::value).sum();
    }

    private static boolean has(Sample sample, String... labels) {
        for (int i = 0; i < labels.length; i += 2) {
            if (!labels[i + 1].equals(sample.labels().get(labels[i]))) {
                return false;
            }
        }
        return true;
    }
}
