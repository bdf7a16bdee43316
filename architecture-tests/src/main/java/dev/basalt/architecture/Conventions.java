package dev.basalt.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.jspecify.annotations.NullMarked;

/** How code is written, whatever the layer. Immutable. */
public final class Conventions {

    private final String base;

    private Conventions(String base) {
        this.base = base;
    }

    /** The conventions below a base package, such as {@code com.acme}. */
    public static Conventions of(String basePackage) {
        return new Conventions(basePackage);
    }

    /** No package needs, over whatever detour, itself. */
    public ArchRule packagesHaveNoCycles() {
        return SlicesRuleDefinition.slices()
                .matching(base + ".(**)")
                .should()
                .beFreeOfCycles()
                .because("packages in a circle can only be understood, moved and tested together");
    }

    /** What may be null says so; everything else is not. */
    public ArchRule packagesAreNullMarked() {
        return ArchRuleDefinition.classes()
                .that()
                .resideInAPackage(base + "..")
                .and()
                .areTopLevelClasses()
                .should(resideInANullMarkedPackage())
                .because("the compiler can check only what is declared");
    }

    /** Names say what a type is for. */
    public ArchRule namesSaySomething() {
        return ArchRuleDefinition.noClasses()
                .that()
                .resideInAPackage(base + "..")
                .should()
                .haveNameMatching(".*\\.(Abstract\\w+|\\w*(Impl|Utils?|Helper|Manager))")
                .because("a name that fits everything tells nothing");
    }

    private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
        return new ArchCondition<>("reside in a package that is @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(
                        type,
                        marked,
                        "the package of " + type.getName() + (marked ? " is" : " is not") + " @NullMarked"));
            }
        };
    }
}
