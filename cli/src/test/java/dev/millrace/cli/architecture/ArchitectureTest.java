package dev.millrace.cli.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Holds the walls of docs/architecture.md. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.millrace");

    @Test
    void a_module_imports_only_from_floors_below_its_own() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("dev.millrace..")
                .withOptionalLayers(true)
                .layer("jinja")
                .definedBy("dev.millrace.jinja..")
                .layer("core")
                .definedBy("dev.millrace.core..")
                .layer("warehouse")
                .definedBy("dev.millrace.warehouse..")
                .layer("sql")
                .definedBy("dev.millrace.sql..")
                .layer("salesforce")
                .definedBy("dev.millrace.salesforce..")
                .layer("ingest")
                .definedBy("dev.millrace.ingest..")
                .layer("transform")
                .definedBy("dev.millrace.transform..")
                .layer("activate")
                .definedBy("dev.millrace.activate..")
                .layer("broker")
                .definedBy("dev.millrace.broker..")
                .layer("delta")
                .definedBy("dev.millrace.delta..")
                .layer("cdc")
                .definedBy("dev.millrace.cdc..")
                .layer("events")
                .definedBy("dev.millrace.events..")
                .layer("stream")
                .definedBy("dev.millrace.stream..")
                .layer("quality")
                .definedBy("dev.millrace.quality..")
                .layer("assets")
                .definedBy("dev.millrace.assets..")
                .layer("orchestrate")
                .definedBy("dev.millrace.orchestrate..")
                .layer("serving")
                .definedBy("dev.millrace.serving..")
                .layer("server")
                .definedBy("dev.millrace.server..")
                .layer("testkit")
                .definedBy("dev.millrace.testkit..")
                .layer("cli")
                .definedBy("dev.millrace.cli..")
                .whereLayer("jinja")
                .mayNotAccessAnyLayer()
                .whereLayer("core")
                .mayOnlyAccessLayers("jinja")
                .whereLayer("warehouse")
                .mayOnlyAccessLayers("core")
                .whereLayer("sql")
                .mayNotAccessAnyLayer()
                .whereLayer("salesforce")
                .mayOnlyAccessLayers("core")
                .whereLayer("testkit")
                .mayOnlyAccessLayers("core")
                .whereLayer("ingest")
                .mayOnlyAccessLayers("core", "jinja", "warehouse", "salesforce")
                .whereLayer("transform")
                .mayOnlyAccessLayers("core", "jinja", "warehouse", "sql")
                .whereLayer("activate")
                .mayOnlyAccessLayers("core", "jinja", "warehouse", "salesforce")
                .whereLayer("broker")
                .mayOnlyAccessLayers("core")
                .whereLayer("delta")
                .mayOnlyAccessLayers("core", "warehouse")
                .whereLayer("cdc")
                .mayOnlyAccessLayers("core", "warehouse")
                .whereLayer("events")
                .mayOnlyAccessLayers("core", "warehouse")
                .whereLayer("stream")
                .mayOnlyAccessLayers("core", "warehouse", "delta")
                .whereLayer("quality")
                .mayOnlyAccessLayers("core", "warehouse")
                .whereLayer("assets")
                .mayOnlyAccessLayers("core", "warehouse")
                .whereLayer("orchestrate")
                .mayOnlyAccessLayers("core")
                .whereLayer("serving")
                .mayOnlyAccessLayers("core", "warehouse")
                .whereLayer("server")
                .mayOnlyAccessLayers("core", "warehouse", "sql", "orchestrate", "serving")
                .check(CLASSES);
    }

    @Test
    void what_is_internal_to_a_module_stays_in_it() {
        Set<String> violations = new TreeSet<>();
        for (JavaClass origin : CLASSES) {
            origin.getDirectDependenciesFromSelf().stream()
                    .filter(dependency ->
                            dependency.getTargetClass().getPackageName().matches("dev\\.millrace\\..*\\.internal.*"))
                    .filter(dependency -> !module(origin).equals(module(dependency.getTargetClass())))
                    .forEach(dependency -> violations.add(dependency.getDescription()));
        }
        assertThat(violations).isEmpty();
    }

    @Test
    void packages_of_the_core_do_not_depend_on_each_other_in_a_circle() {
        slices().matching("dev.millrace.core.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void only_the_command_line_prints() {
        noClasses()
                .that(not(resideInAnyPackage("dev.millrace.cli..", "dev.millrace.testkit..")))
                .and()
                // The broker's own process.
                .doNotHaveSimpleName("BrokerMain")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }

    @Test
    void every_package_is_null_marked() {
        assertThat(CLASSES.getPackage("dev.millrace").getSubpackagesInTree())
                .filteredOn(javaPackage -> !javaPackage.getClasses().isEmpty())
                .filteredOn(javaPackage -> !javaPackage.isAnnotatedWith(NullMarked.class))
                .extracting(JavaPackage::getName)
                .isEmpty();
    }

    private static String module(JavaClass type) {
        String rest = type.getPackageName().substring("dev.millrace.".length());
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }
}
