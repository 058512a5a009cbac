package io.kinolift;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/** Data flows one way: who may import whom. */
@AnalyzeClasses(packages = "io.kinolift", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule NOTHING_POINTS_UPWARD = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("frame")
            .definedBy("io.kinolift.frame")
            .layer("kernel")
            .definedBy("io.kinolift.kernel")
            .layer("tensor")
            .definedBy("io.kinolift.tensor")
            .layer("weights")
            .definedBy("io.kinolift.weights")
            .layer("upscale")
            .definedBy("io.kinolift.upscale")
            .layer("onnx")
            .definedBy("io.kinolift.onnx")
            .layer("codec")
            .definedBy("io.kinolift.codec")
            .layer("window")
            .definedBy("io.kinolift.window")
            .layer("quality")
            .definedBy("io.kinolift.quality")
            .layer("fit")
            .definedBy("io.kinolift.fit")
            .layer("avro")
            .definedBy("io.kinolift.avro")
            .layer("registry")
            .definedBy("io.kinolift.registry")
            .layer("topology")
            .definedBy("io.kinolift.topology")
            .layer("runtime")
            .definedBy("io.kinolift.runtime")
            .layer("metrics")
            .definedBy("io.kinolift.metrics")
            .layer("live")
            .definedBy("io.kinolift.live")
            .layer("transfer")
            .definedBy("io.kinolift.transfer")
            .layer("audit")
            .definedBy("io.kinolift.audit")
            .layer("bench")
            .definedBy("io.kinolift.bench")
            .layer("cli")
            .definedBy("io.kinolift.cli")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("transfer")
            .mayOnlyBeAccessedByLayers("audit", "live", "bench", "cli")
            .whereLayer("audit")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("bench")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("live")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("metrics")
            .mayOnlyBeAccessedByLayers("live", "cli")
            .whereLayer("registry")
            .mayOnlyBeAccessedByLayers("topology", "runtime")
            .whereLayer("runtime")
            .mayOnlyBeAccessedByLayers("metrics", "live", "transfer", "bench", "cli")
            .whereLayer("topology")
            .mayOnlyBeAccessedByLayers("runtime", "metrics", "live", "transfer", "audit", "bench", "cli")
            .whereLayer("quality")
            .mayOnlyBeAccessedByLayers("fit", "cli")
            .whereLayer("fit")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("window")
            .mayOnlyBeAccessedByLayers("topology", "runtime", "metrics", "live")
            .whereLayer("codec")
            .mayOnlyBeAccessedByLayers("topology", "runtime", "metrics", "live", "transfer", "fit", "bench", "cli")
            .whereLayer("onnx")
            .mayOnlyBeAccessedByLayers("runtime")
            .whereLayer("upscale")
            .mayOnlyBeAccessedByLayers("onnx", "topology", "runtime", "transfer", "fit", "bench", "cli")
            .whereLayer("weights")
            .mayOnlyBeAccessedByLayers("runtime", "fit", "cli")
            .whereLayer("tensor")
            .mayOnlyBeAccessedByLayers("weights", "runtime", "fit", "cli")
            .whereLayer("kernel")
            .mayOnlyBeAccessedByLayers("upscale", "tensor")
            .whereLayer("avro")
            .mayOnlyBeAccessedByLayers("topology", "metrics", "live", "transfer", "audit", "bench", "cli");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.kinolift.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_CODEC_SEES_FFMPEG = noClasses()
            .that()
            .resideOutsideOfPackage("io.kinolift.codec")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bytedeco..");

    @ArchTest
    static final ArchRule ONLY_THE_UPPER_PACKAGES_SEE_KAFKA = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.kinolift.topology",
                    "io.kinolift.runtime",
                    "io.kinolift.metrics",
                    "io.kinolift.live",
                    "io.kinolift.transfer",
                    "io.kinolift.audit",
                    "io.kinolift.bench",
                    "io.kinolift.cli")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule ONLY_THE_UPPER_PACKAGES_SEE_AVRO = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.kinolift.registry",
                    "io.kinolift.topology",
                    "io.kinolift.metrics",
                    "io.kinolift.live",
                    "io.kinolift.transfer",
                    "io.kinolift.runtime",
                    "io.kinolift.audit",
                    "io.kinolift.bench",
                    "io.kinolift.cli",
                    "io.kinolift.avro")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.kinolift.avro..", "org.apache.avro..");

    @ArchTest
    static final ArchRule FRAME_STANDS_ALONE = seesOnly("frame");

    @ArchTest
    static final ArchRule KERNEL_STANDS_ALONE = seesOnly("kernel");

    @ArchTest
    static final ArchRule TENSOR_SEES_KERNELS = seesOnly("tensor", "kernel");

    @ArchTest
    static final ArchRule WEIGHTS_SEE_TENSORS = seesOnly("weights", "tensor");

    @ArchTest
    static final ArchRule UPSCALE_SEES_FRAMES_AND_KERNELS = seesOnly("upscale", "frame", "kernel");

    @ArchTest
    static final ArchRule MOTION_SEES_FRAMES_AND_KERNELS = seesOnly("motion", "frame", "kernel", "kernel.motion");

    @ArchTest
    static final ArchRule ONNX_SEES_UPSCALE = seesOnly("onnx", "upscale");

    @ArchTest
    static final ArchRule ONLY_ONNX_SEES_ITS_RUNTIME = noClasses()
            .that()
            .resideOutsideOfPackage("io.kinolift.onnx")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.onnxruntime..");

    @ArchTest
    static final ArchRule ONLY_TOPOLOGY_AND_RUNTIME_SEE_TELEMETRY = noClasses()
            .that()
            .resideOutsideOfPackages("io.kinolift.topology", "io.kinolift.runtime")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.opentelemetry..");

    @ArchTest
    static final ArchRule CODEC_SEES_FRAMES = seesOnly("codec", "frame");

    @ArchTest
    static final ArchRule WINDOW_SEES_FRAMES = seesOnly("window", "frame");

    @ArchTest
    static final ArchRule QUALITY_SEES_FRAMES = seesOnly("quality", "frame");

    @ArchTest
    static final ArchRule FIT_SEES_FOOTAGE_AND_WEIGHTS =
            seesOnly("fit", "frame", "codec", "quality", "tensor", "weights", "upscale");

    @ArchTest
    static final ArchRule REGISTRY_STANDS_ALONE = seesOnly("registry");

    @ArchTest
    static final ArchRule TOPOLOGY_SEES_WHAT_IT_JOINS =
            seesOnly("topology", "avro", "codec", "registry", "upscale", "window", "frame");

    /** A package and those of ours that it may import. */
    private static ArchRule seesOnly(String name, String... imported) {
        String[] allowed = Stream.concat(Stream.of(name), Stream.of(imported))
                .map(other -> "io.kinolift." + other)
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage("io.kinolift." + name)
                .should()
                .dependOnClassesThat(resideInAPackage("io.kinolift..").and(resideOutsideOfPackages(allowed)));
    }
}
