package dev.basalt.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.app.http.ProblemCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents against the sources and the built application. */
class DocumentsTest {

    static List<Path> documents() {
        return Project.documents();
    }

    static List<String> modules() {
        return Project.modules();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_link_leads_somewhere(Path document) {
        assertThat(Project.all("\\]\\(((?!https?:)[^)#]+)", Project.read(document)))
                .allSatisfy(link -> assertThat(Files.exists(document.resolveSibling(link)))
                        .as(link)
                        .isTrue());
    }

    @Test
    void the_start_page_leads_to_every_other() {
        List<String> links = Project.all("\\]\\(docs/([^)#]+)", Project.read(Project.ROOT.resolve("README.md")));

        assertThat(links).isNotEmpty();
        assertThat(Project.documents().stream()
                        .map(file -> file.getFileName().toString())
                        .filter(name -> !name.equals("README.md")))
                .allSatisfy(name -> assertThat(links).contains(name));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void both_tables_of_modules_name_each_one(String module) {
        String row = "^\\| `(" + module + ")` \\|";

        assertThat(Project.all(row, Project.read(Project.ROOT.resolve("README.md"))))
                .hasSize(1);
        assertThat(Project.all(row, Project.read(Project.ROOT.resolve("docs/architecture.md"))))
                .hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void each_module_uses_what_the_architecture_says(String module) {
        String mayUse = Project.all(
                        "^\\| `" + module + "` \\| ([^|]+) \\|",
                        Project.read(Project.ROOT.resolve("docs/architecture.md")))
                .getFirst();

        Set<String> uses = Project.dependencies(module).stream()
                .filter(dependency -> dependency.isOurs() && dependency.scope().isEmpty())
                .map(Project.Dependency::module)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(uses)
                .isEqualTo(Arrays.stream(mayUse.split("[`, ]+"))
                        .filter(Project.modules()::contains)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void every_dependency_is_named_with_its_reason(String module) {
        String document = Project.read(Project.ROOT.resolve("docs/dependencies.md"));

        assertThat(Project.dependencies(module).stream()
                        .filter(dependency -> !dependency.isOurs())
                        .map(Project.Dependency::artifact)
                        .distinct())
                .allSatisfy(artifact -> assertThat(document).contains("`" + artifact + "`"));
    }

    @Test
    void the_calls_are_those_of_the_application() {
        String openApi = Project.resource("META-INF/swagger/openapi.yml");
        String document = Project.read(Project.ROOT.resolve("docs/http.md"));

        assertThat(new TreeSet<>(Project.all("`(?:GET|POST|DELETE) (/api/[^`?]+)`", document)))
                .isEqualTo(new TreeSet<>(Project.all("^  (/api/[^:]+):$", openApi)))
                .isNotEmpty();
    }

    @Test
    void the_table_of_errors_has_every_code_with_its_status() {
        var documented = new TreeMap<String, Integer>();
        String row = "^\\| ((?:`\\w+`(?:, )?)+ \\| \\d{3}(?:, \\d{3})*) \\|";
        for (String found : Project.all(row, Project.read(Project.ROOT.resolve("docs/http.md")))) {
            List<String> codes = Project.all("`(\\w+)`", found);
            List<String> statuses = Project.all("\\b(\\d{3})\\b", found);
            assertThat(statuses.size()).as(found).isIn(1, codes.size());
            for (int i = 0; i < codes.size(); i++) {
                String status = statuses.get(Math.min(i, statuses.size() - 1));
                assertThat(documented.put(codes.get(i), Integer.parseInt(status)))
                        .as(codes.get(i))
                        .isNull();
            }
        }

        assertThat(documented)
                .isEqualTo(Arrays.stream(ProblemCode.values())
                        .collect(Collectors.toMap(ProblemCode::code, ProblemCode::status)))
                .isNotEmpty();
    }
}
