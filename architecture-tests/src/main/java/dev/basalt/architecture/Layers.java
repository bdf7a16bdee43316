package dev.basalt.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who may use whom. A layer is a package below the base package: {@code com.acme.domain}, {@code com.acme.ports},
 * {@code com.acme.adapters.jdbc}, …; each adapter is a layer of its own. Immutable.
 *
 * <p>Reads class files, in which constants are inlined and some uses (casts, {@code switch} over types) leave no trace
 * that ArchUnit reports.
 */
public final class Layers {

    /** Which layers each one may use; {@code adapters.*} stands for every adapter but the shared one. */
    private static final List<Layer> TABLE = List.of(
            new Layer("domain", Set.of()),
            new Layer("ports", Set.of("domain")),
            new Layer("contract", Set.of("domain", "ports")),
            new Layer("adapters.jdbc", Set.of("domain", "ports")),
            new Layer("adapters.*", Set.of("domain", "ports", "adapters.jdbc")),
            new Layer("app", Set.of("domain", "ports")),
            new Layer("launcher", Set.of()),
            new Layer("chaos", Set.of()),
            new Layer("benchmarks", Set.of("domain", "ports", "adapters.jdbc", "chaos")));

    private final String base;

    private Layers(String base) {
        this.base = base;
    }

    /** The layers below a base package, such as {@code com.acme}. */
    public static Layers of(String basePackage) {
        return new Layers(basePackage);
    }

    /** Every class below the base package belongs to a layer, and uses those layers only that it may. */
    public ArchRule useOnlyWhatIsBelow() {
        return ArchRuleDefinition.classes()
                .that()
                .resideInAPackage(base + "..")
                .should(useOnlyLayersBelow())
                .because(
                        "dependencies point inwards: adapters and application know the ports, and neither knows the other");
    }

    /** Domain and ports need nothing but the JDK's base and the annotations that say what may be null. */
    public ArchRule coreIsPlainJava() {
        return ArchRuleDefinition.classes()
                .that()
                .resideInAnyPackage(base + ".domain..", base + ".ports..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        base + ".domain..",
                        base + ".ports..",
                        "java.io..",
                        "java.lang..",
                        "java.math..",
                        "java.time..",
                        "java.util..",
                        "org.jspecify..")
                .because("rules and contracts outlive every driver and framework");
    }

    /** The application asks the ports: no JDBC, no pool, no migration tool. */
    public ArchRule applicationKnowsNoDatabase() {
        return ArchRuleDefinition.noClasses()
                .that()
                .resideInAPackage(base + ".app..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.sql..",
                        "javax.sql..",
                        "com.zaxxer..",
                        "org.flywaydb..",
                        "org.postgresql..",
                        "org.sqlite..",
                        "io.micronaut.data..")
                .because("a backend is swapped by a setting, so nothing above the ports may know which one it is");
    }

    /** An adapter shows one type, its provider; what annotation processors generate does not count. */
    public ArchRule adaptersShowTheirProviderOnly() {
        return ArchRuleDefinition.classes()
                .that(belongToAnAdapter())
                .and()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .should()
                .haveSimpleNameEndingWith("BackendProvider")
                .because("whoever uses an adapter finds it by ServiceLoader");
    }

    private DescribedPredicate<JavaClass> belongToAnAdapter() {
        return DescribedPredicate.describe(
                "belong to an adapter",
                type -> layerOf(type).filter(Layers::isAdapter).isPresent()
                        && !type.getName().contains("$"));
    }

    private ArchCondition<JavaClass> useOnlyLayersBelow() {
        return new ArchCondition<>("use only the layers that theirs may use") {
            @Override
            public void check(JavaClass user, ConditionEvents events) {
                Optional<String> layer = layerOf(user);
                if (layer.isEmpty()) {
                    events.add(SimpleConditionEvent.violated(
                            user, user.getName() + " is in no layer; the layers are " + names()));
                    return;
                }
                for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
                    JavaClass used = dependency.getTargetClass().getBaseComponentType();
                    boolean allowed = !isBelowBase(used)
                            || layerOf(used)
                                    .filter(target -> mayUse(layer.get(), target))
                                    .isPresent();
                    events.add(new SimpleConditionEvent(dependency, allowed, dependency.getDescription()));
                }
            }
        };
    }

    /** Tells whether a class of one layer may use classes of another. */
    public static boolean mayUse(String layer, String target) {
        return layer.equals(target)
                || TABLE.stream()
                        .filter(row -> row.covers(layer))
                        .findFirst()
                        .filter(row -> row.mayUse().contains(target))
                        .isPresent();
    }

    private Optional<String> layerOf(JavaClass type) {
        if (!isBelowBase(type)) {
            return Optional.empty();
        }
        List<String> path = Stream.of(
                        type.getPackageName().substring(base.length()).split("\\."))
                .filter(part -> !part.isEmpty())
                .toList();
        if (path.isEmpty()) {
            return Optional.empty();
        }
        String layer =
                path.getFirst().equals("adapters") && path.size() > 1 ? "adapters." + path.get(1) : path.getFirst();
        return Optional.of(layer).filter(name -> TABLE.stream().anyMatch(row -> row.covers(name)));
    }

    private boolean isBelowBase(JavaClass type) {
        return type.getPackageName().equals(base) || type.getPackageName().startsWith(base + ".");
    }

    private static boolean isAdapter(String layer) {
        return layer.startsWith("adapters.") && !layer.equals("adapters.jdbc");
    }

    private static List<String> names() {
        return TABLE.stream().map(Layer::name).toList();
    }

    private record Layer(String name, Set<String> mayUse) {

        boolean covers(String layer) {
            return name.equals("adapters.*") ? isAdapter(layer) : name.equals(layer);
        }
    }
}
