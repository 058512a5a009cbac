package io.kinolift;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Data flows one way: who may import whom. */
@AnalyzeClasses(packages = "io.kinolift", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String OURS = "io.kinolift.";

    /**
     * A package on the left, and those of ours that it may import besides itself; {@code x..} is x with all below it. A
     * package without a line has that of the package around it.
     */
    private static final Map<String, Set<String>> MAY_IMPORT = table("""
            frame               :
            files               :
            kernel.sample       :
            kernel.vector       :
            kernel.interpolate  : kernel.sample kernel.vector
            kernel.colour       : kernel.sample kernel.vector
            kernel.convolve     : kernel.sample kernel.vector kernel.colour
            kernel.adapt        : kernel.sample kernel.vector
            kernel.limit        : kernel.sample kernel.vector
            kernel.motion       : kernel.sample kernel.vector
            kernel              : kernel..
            tensor              :
            weights             : tensor
            pair                : frame kernel..
            upscale             : frame pair kernel..
            upscale.interpolate : frame pair kernel.. upscale
            upscale.limit       : frame pair kernel.. upscale
            upscale.colour      : frame pair kernel.. upscale upscale.interpolate
            upscale.convolve    : frame pair kernel.. upscale upscale.interpolate upscale.colour
            upscale.adapt       : frame pair kernel.. upscale upscale.interpolate upscale.colour upscale.convolve
            upscale.compose     : frame pair kernel.. upscale upscale.interpolate
            upscale.cadence     : frame pair kernel.. upscale upscale.interpolate
            upscale.level       : frame pair kernel.. upscale upscale.interpolate
            motion              : frame kernel..
            motion.view         : frame kernel.. motion quality
            upscale.motion      : frame motion pair kernel.. upscale upscale.interpolate
            upscale.network     : frame pair kernel.. upscale upscale.interpolate upscale.colour upscale.convolve
            onnx                : upscale upscale.network
            ffmpeg              : frame
            codec.image         : frame
            codec               : frame ffmpeg codec.image
            codec.group         : frame ffmpeg codec
            video               : frame ffmpeg codec codec.group
            video.fragment      : frame ffmpeg video
            quality             : frame
            fit                 : frame files codec ffmpeg video quality tensor weights upscale..
            window              : frame
            trace               : frame codec window
            engine              : frame codec codec.group ffmpeg window pair upscale trace
            avro                :
            registry            :
            wire                : frame codec window avro registry
            wire.input          : frame codec.image window avro registry wire
            wire.output         : frame codec.image window avro wire wire.input
            sound               : frame ffmpeg video avro wire
            topology            : frame codec codec.group window upscale trace engine registry wire..
            client              : frame codec codec.group ffmpeg avro wire..
            settings            : frame files codec codec.group window upscale.. onnx tensor weights engine registry
            runtime             : frame files codec codec.group ffmpeg window upscale trace engine registry wire.. topology settings runtime..
            metrics             : frame codec ffmpeg window trace wire.. topology runtime..
            live.watch          : frame codec codec.group ffmpeg video video.fragment trace wire.. sound topology settings
            live.cluster        : wire topology runtime runtime.group runtime.topics
            live                : frame codec codec.group ffmpeg window trace engine wire.. sound topology settings runtime.. metrics live.watch live.cluster
            transfer            : frame codec codec.group ffmpeg video pair upscale.. trace engine avro wire.. topology settings runtime.. sound
            transfer.source     : frame ffmpeg video
            transfer.ingest     : frame codec ffmpeg video transfer transfer.source sound
            audit               : frame window avro wire.. topology runtime.records runtime.topics transfer
            bench               : frame kernel kernel.vector codec ffmpeg motion upscale.. trace engine avro wire.. topology settings runtime.. transfer
            sizing              : frame codec.group settings upscale topology runtime runtime.check runtime.topics bench
            sizing.measure      : frame codec codec.group ffmpeg window trace avro wire topology settings runtime.. transfer bench sizing
            cli                 : frame files codec ffmpeg video pair motion.. upscale.. tensor weights quality fit trace engine avro wire.. sound topology \
            settings runtime.. metrics live.. transfer.. audit bench sizing..
            """);

    private static Map<String, Set<String>> table(String text) {
        Map<String, Set<String>> rows = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            String[] sides = line.split(":", 2);
            rows.put(
                    sides[0].strip(),
                    new TreeSet<>(Arrays.asList(sides[1].strip().split(" +"))));
        });
        return rows;
    }

    @ArchTest
    static final ArchRule NOTHING_POINTS_UPWARD = classes()
            .should(new ArchCondition<>("import only what their package may import") {
                @Override
                public void check(JavaClass importer, ConditionEvents events) {
                    for (Dependency dependency : importer.getDirectDependenciesFromSelf()) {
                        String imported = dependency.getTargetClass().getPackageName();
                        if (imported.startsWith(OURS) && !mayImport(importer.getPackageName(), imported)) {
                            events.add(SimpleConditionEvent.violated(importer, dependency.getDescription()));
                        }
                    }
                }
            });

    private static boolean mayImport(String importer, String imported) {
        return importer.equals(imported)
                || row(importer.substring(OURS.length())).stream()
                        .anyMatch(allowed -> covers(allowed, imported.substring(OURS.length())));
    }

    private static Set<String> row(String name) {
        if (MAY_IMPORT.containsKey(name)) {
            return MAY_IMPORT.get(name);
        }
        if (!name.contains(".")) {
            throw new IllegalStateException("expected a line for package " + name + ", found none");
        }
        return row(name.substring(0, name.lastIndexOf('.')));
    }

    private static boolean covers(String allowed, String name) {
        String parent = allowed.replace("..", "");
        return name.equals(parent) || (allowed.endsWith("..") && name.startsWith(parent + "."));
    }

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.kinolift.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_FOUR_PACKAGES_SEE_FFMPEG =
            only("org.bytedeco..", "ffmpeg", "codec", "codec.group", "video..", "client");

    @ArchTest
    static final ArchRule ONLY_CLIENT_SEES_JAVACV = only("org.bytedeco.javacv..", "client");

    @ArchTest
    static final ArchRule ONLY_ONNX_SEES_ITS_RUNTIME = only("ai.onnxruntime..", "onnx");

    @ArchTest
    static final ArchRule ONLY_TRACE_AND_RUNTIME_SEE_TELEMETRY = only("io.opentelemetry..", "trace", "runtime");

    @ArchTest
    static final ArchRule ONLY_RECORDS_SEE_AVRO = only("org.apache.avro..", "avro", "registry", "wire", "audit");

    @ArchTest
    static final ArchRule ONLY_THE_UPPER_PACKAGES_SEE_KAFKA = only(
            "org.apache.kafka..",
            "client",
            "topology",
            "settings",
            "runtime..",
            "metrics",
            "live",
            "live.cluster",
            "sound",
            "transfer",
            "transfer.ingest",
            "audit",
            "bench",
            "sizing.measure",
            "cli");

    /** Only these of our packages may import that of others. */
    private static ArchRule only(String library, String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(
                        Arrays.stream(packages).map(OURS::concat).toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }
}
