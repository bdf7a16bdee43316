package dev.basalt.app.settings.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * The documents against the catalogue. With {@code -Dbasalt.docs.write=true} what differs is written instead:
 * {@code ./mvnw -pl app -am -Dtest=SettingsReferenceTest -Dsurefire.failIfNoSpecifiedTests=false -Dbasalt.docs.write=true
 * test}.
 */
class SettingsReferenceTest {

    /** Maven runs tests in their module's folder. */
    private static final Path ROOT = Path.of("..");

    private static final Path REFERENCE = ROOT.resolve("docs/configuration.md");
    private static final Path EXAMPLE = ROOT.resolve(".env.example");
    private static final boolean WRITE = Boolean.getBoolean("basalt.docs.write");

    @Test
    void the_reference_has_every_setting_with_its_names_its_default_and_what_it_does() throws IOException {
        compare(REFERENCE, SettingsReference.tables(), "<!-- begin %s -->\n", "<!-- end -->");
    }

    @Test
    void the_example_has_every_variable_with_its_default() throws IOException {
        compare(EXAMPLE, SettingsReference.variables(), "# == %s ==\n", "# == end ==");
    }

    @Test
    void no_variable_stands_twice_in_the_example() throws IOException {
        List<String> variables = Files.readAllLines(EXAMPLE).stream()
                .filter(line -> line.matches("#?[A-Z_]+=.*"))
                .map(line -> line.replaceFirst("#?([A-Z_]+)=.*", "$1"))
                .toList();

        assertThat(variables).isNotEmpty().doesNotHaveDuplicates();
    }

    @Test
    void the_example_fits_the_compose_file() throws IOException {
        Map<String, Map<String, Map<String, Object>>> compose =
                new Yaml().load(Files.readString(ROOT.resolve("compose.yaml")));
        Map<String, Object> postgres = Objects.requireNonNull(
                Objects.requireNonNull(compose.get("services")).get("postgres"));
        var environment = (Map<?, ?>) Objects.requireNonNull(postgres.get("environment"));
        String port = ((List<?>) Objects.requireNonNull(postgres.get("ports")))
                .getFirst()
                .toString();

        String set = Files.readAllLines(EXAMPLE).stream()
                .filter(line -> line.matches("[A-Z].*"))
                .collect(Collectors.joining("\n"));

        assertThat(port).matches("127\\.0\\.0\\.1:\\d+:5432");
        assertThat(set)
                .isEqualTo("DATABASE_URL=postgresql://%s:%s@%s/%s"
                        .formatted(
                                environment.get("POSTGRES_USER"),
                                environment.get("POSTGRES_PASSWORD"),
                                port.replaceFirst(":5432$", ""),
                                environment.get("POSTGRES_DB")));
        assertThat(String.valueOf(postgres.get("image"))).matches("postgres:\\d+\\.\\d+");
        assertThat(postgres).containsKey("healthcheck");
    }

    /** A backend that is not installed keeps its section unseen. */
    private static void compare(Path file, Map<String, String> sections, String begin, String end) throws IOException {
        String text = Files.readString(file);
        Set<String> missing = new TreeSet<>();
        for (Map.Entry<String, String> section : sections.entrySet()) {
            var found = Pattern.compile(
                            Pattern.quote(begin.formatted(section.getKey())) + "(.*?)" + Pattern.quote(end),
                            Pattern.DOTALL)
                    .matcher(text);
            if (!found.find()) {
                missing.add(section.getKey());
            } else if (WRITE) {
                text = text.substring(0, found.start(1)) + section.getValue() + text.substring(found.end(1));
            } else {
                assertThat(found.group(1)).as(file + ", " + section.getKey()).isEqualTo(section.getValue());
            }
        }
        assertThat(missing).as("sections that are not in " + file).isEmpty();
        if (WRITE) {
            Files.writeString(file, text);
        }
    }
}
