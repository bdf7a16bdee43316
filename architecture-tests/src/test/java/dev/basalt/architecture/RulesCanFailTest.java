package dev.basalt.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each rule against projects made to break it: a rule that cannot fail proves nothing. */
class RulesCanFailTest {

    private static final List<String> LAYERS = List.of(
            "domain",
            "ports",
            "contract",
            "adapters.jdbc",
            "adapters.first",
            "adapters.second",
            "app",
            "launcher",
            "chaos",
            "benchmarks");

    /** Spelled out here once more: taken from the rules, it would hold whatever they say. */
    private static final Set<String> ALLOWED = Set.of(
            "ports>domain",
            "contract>domain",
            "contract>ports",
            "adapters.jdbc>domain",
            "adapters.jdbc>ports",
            "adapters.first>domain",
            "adapters.first>ports",
            "adapters.first>adapters.jdbc",
            "adapters.second>domain",
            "adapters.second>ports",
            "adapters.second>adapters.jdbc",
            "app>domain",
            "app>ports",
            "benchmarks>domain",
            "benchmarks>ports",
            "benchmarks>adapters.jdbc",
            "benchmarks>chaos");

    @TempDir
    private Path folder;

    @Test
    void of_all_pairs_of_layers_exactly_the_forbidden_ones_are_reported() {
        var forbidden = new TreeSet<String>();
        for (String from : LAYERS) {
            source("com.acme." + from, "Target", "public class Target {}");
            for (String to : LAYERS) {
                source(
                        "com.acme." + from,
                        user(from, to),
                        "public class " + user(from, to) + " { com.acme." + to + ".Target target; }");
                if (!from.equals(to) && !ALLOWED.contains(from + ">" + to)) {
                    forbidden.add(user(from, to));
                }
            }
        }

        JavaClasses classes = compiled();

        assertThat(reported(Layers.of("com.acme").useOnlyWhatIsBelow(), classes, "From\\w+To\\w+"))
                .isEqualTo(forbidden);
        assertThat(forbidden).hasSize(LAYERS.size() * (LAYERS.size() - 1) - ALLOWED.size());
    }

    @Test
    void adapters_do_not_know_each_other_and_the_application_knows_none() {
        assertThat(Layers.mayUse("adapters.first", "adapters.second")).isFalse();
        assertThat(Layers.mayUse("app", "adapters.first")).isFalse();
        assertThat(Layers.mayUse("app", "adapters.jdbc")).isFalse();
        assertThat(Layers.mayUse("domain", "ports")).isFalse();
        assertThat(Layers.mayUse("adapters.first", "adapters.jdbc")).isTrue();
    }

    @Test
    void a_class_outside_the_layers_is_reported() {
        source("com.acme.misc", "Stray", "public class Stray {}");

        assertThat(reported(Layers.of("com.acme").useOnlyWhatIsBelow(), compiled(), "Stray"))
                .containsExactly("Stray");
    }

    @Test
    void jdbc_in_the_core_is_reported() {
        source("com.acme.domain", "Rows", "public class Rows { java.sql.ResultSet rows; }");
        source("com.acme.domain", "Value", "public class Value { java.math.BigDecimal number; }");
        source("com.acme.ports", "Source", "public interface Source { javax.sql.DataSource source(); }");
        source("com.acme.ports", "Fine", "public class Fine { java.util.List<String> list; }");

        assertThat(reported(Layers.of("com.acme").coreIsPlainJava(), compiled(), "Rows|Value|Source|Fine"))
                .containsExactly("Rows", "Source");
    }

    @Test
    void jdbc_in_the_application_is_reported() {
        source("com.acme.app", "Rows", "public class Rows { java.sql.Connection connection; }");

        assertThat(reported(Layers.of("com.acme").applicationKnowsNoDatabase(), compiled(), "Rows"))
                .containsExactly("Rows");
    }

    @Test
    void a_second_public_type_of_an_adapter_is_reported() {
        source("com.acme.adapters.first", "FirstBackendProvider", "public class FirstBackendProvider {}");
        source("com.acme.adapters.first", "FirstDialect", "public class FirstDialect {}");
        source("com.acme.adapters.first", "FirstErrors", "class FirstErrors {}");
        source("com.acme.adapters.jdbc", "Shared", "public class Shared {}");

        assertThat(reported(
                        Layers.of("com.acme").adaptersShowTheirProviderOnly(),
                        compiled(),
                        "FirstBackendProvider|FirstDialect|FirstErrors|Shared"))
                .containsExactly("FirstDialect");
    }

    @Test
    void a_cycle_of_packages_is_reported() {
        source("com.acme.app.one", "One", "public class One { com.acme.app.two.Two two; }");
        source("com.acme.app.two", "Two", "public class Two { com.acme.app.one.One one; }");

        assertThat(reported(Conventions.of("com.acme").packagesHaveNoCycles(), compiled(), "One|Two"))
                .containsExactly("One", "Two");
    }

    @Test
    void a_package_that_is_not_null_marked_is_reported() {
        source("com.acme.app", "Unmarked", "public class Unmarked {}");
        source("com.acme.ports", "Marked", "public class Marked {}");
        write("com.acme.ports", "package-info", "@org.jspecify.annotations.NullMarked package com.acme.ports;");

        assertThat(reported(Conventions.of("com.acme").packagesAreNullMarked(), compiled(), "Unmarked|Marked"))
                .containsExactly("Unmarked");
    }

    @Test
    void a_name_that_says_nothing_is_reported() {
        source("com.acme.app", "StringUtils", "public class StringUtils {}");
        source("com.acme.app", "AbstractThing", "public class AbstractThing {}");
        source("com.acme.app", "Ledger", "public class Ledger {}");

        assertThat(reported(
                        Conventions.of("com.acme").namesSaySomething(), compiled(), "StringUtils|AbstractThing|Ledger"))
                .containsExactly("AbstractThing", "StringUtils");
    }

    private static String user(String from, String to) {
        return "From" + from.replace(".", "") + "To" + to.replace(".", "");
    }

    /** The simple names, among those of the pattern, of the classes that the rule complains of. */
    private static Set<String> reported(ArchRule rule, JavaClasses classes, String names) {
        String details =
                String.join("\n", rule.evaluate(classes).getFailureReport().getDetails());
        var found = new TreeSet<String>();
        var matcher = java.util.regex.Pattern.compile("com\\.acme\\.[\\w.]*\\b(" + names + ")\\b")
                .matcher(details);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private void source(String inPackage, String name, String text) {
        write(inPackage, name, "package " + inPackage + "; " + text);
    }

    private void write(String inPackage, String name, String text) {
        try {
            Path place = folder.resolve("src").resolve(inPackage.replace('.', '/'));
            Files.createDirectories(place);
            Files.writeString(place.resolve(name + ".java"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JavaClasses compiled() {
        Path classes = folder.resolve("classes");
        var arguments = new ArrayList<>(List.of("-d", classes.toString(), "-proc:none"));
        arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
        try (var files = Files.walk(folder.resolve("src"))) {
            arguments.addAll(
                    files.filter(Files::isRegularFile).map(Path::toString).collect(Collectors.toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(result).as("the sources compile").isZero();
        return new ClassFileImporter().importPath(classes);
    }
}
