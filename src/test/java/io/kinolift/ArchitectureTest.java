package io.kinolift;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** Data flows one way: who may import whom. */
@AnalyzeClasses(packages = "io.kinolift", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule NOTHING_POINTS_UPWARD = layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("frame").definedBy("io.kinolift.frame")
            .layer("kernel").definedBy("io.kinolift.kernel")
            .layer("tensor").definedBy("io.kinolift.tensor")
            .layer("weights").definedBy("io.kinolift.weights")
            .layer("upscale").definedBy("io.kinolift.upscale")
            .layer("codec").definedBy("io.kinolift.codec")
            .layer("window").definedBy("io.kinolift.window")
            .layer("quality").definedBy("io.kinolift.quality")
            .layer("avro").definedBy("io.kinolift.avro")
            .layer("topology").definedBy("io.kinolift.topology")
            .layer("runtime").definedBy("io.kinolift.runtime")
            .layer("transfer").definedBy("io.kinolift.transfer")
            .layer("cli").definedBy("io.kinolift.cli")
            .whereLayer("cli").mayNotBeAccessedByAnyLayer()
            .whereLayer("transfer").mayOnlyBeAccessedByLayers("cli")
            .whereLayer("runtime").mayOnlyBeAccessedByLayers("transfer", "cli")
            .whereLayer("topology").mayOnlyBeAccessedByLayers("runtime", "transfer", "cli")
            .whereLayer("quality").mayOnlyBeAccessedByLayers("cli")
            .whereLayer("window").mayOnlyBeAccessedByLayers("topology", "runtime")
            .whereLayer("codec").mayOnlyBeAccessedByLayers("topology", "runtime", "transfer", "cli")
            .whereLayer("upscale").mayOnlyBeAccessedByLayers("topology", "runtime", "transfer")
            .whereLayer("weights").mayNotBeAccessedByAnyLayer()
            .whereLayer("tensor").mayOnlyBeAccessedByLayers("weights")
            .whereLayer("kernel").mayOnlyBeAccessedByLayers("upscale", "tensor")
            .whereLayer("avro").mayOnlyBeAccessedByLayers("topology", "transfer", "cli");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching("io.kinolift.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_CODEC_SEES_FFMPEG = noClasses().that().resideOutsideOfPackage("io.kinolift.codec")
            .should().dependOnClassesThat().resideInAPackage("org.bytedeco..");

    @ArchTest
    static final ArchRule ONLY_THE_UPPER_PACKAGES_SEE_KAFKA = noClasses()
            .that().resideOutsideOfPackages(
                    "io.kinolift.topology", "io.kinolift.runtime", "io.kinolift.transfer", "io.kinolift.cli")
            .should().dependOnClassesThat().resideInAnyPackage("org.apache.kafka..");
}
