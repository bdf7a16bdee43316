package dev.basalt.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** This project against the rules. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProjectTest {

    private static final String BASE = "dev.basalt";

    private JavaClasses classes;

    @BeforeAll
    void import_the_project() {
        classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(location -> !location.contains("/architecture/"))
                // Written by a library's annotation processor.
                .withImportOption(location -> !location.contains("/jmh_generated/"))
                .importPackages(BASE);
    }

    static Stream<ArchRule> rules() {
        var layers = Layers.of(BASE);
        var conventions = Conventions.of(BASE);
        return Stream.of(
                layers.useOnlyWhatIsBelow(),
                layers.coreIsPlainJava(),
                layers.applicationKnowsNoDatabase(),
                layers.adaptersShowTheirProviderOnly(),
                conventions.packagesHaveNoCycles(),
                conventions.packagesAreNullMarked(),
                conventions.namesSaySomething());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void the_project_keeps_the_rule(ArchRule rule) {
        rule.check(classes);
    }

    @Test
    void every_layer_was_looked_at() {
        assertThat(Stream.of("domain", "ports", "contract", "adapters.jdbc", "app", "chaos", "benchmarks"))
                .allSatisfy(layer -> assertThat(classes)
                        .anyMatch(type -> type.getPackageName().startsWith(BASE + "." + layer)));
    }
}
