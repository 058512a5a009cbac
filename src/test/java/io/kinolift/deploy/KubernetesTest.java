package io.kinolift.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.LimitSettings;
import io.kinolift.settings.ProcessSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The manifests are what Kubernetes' own types take, and say the same as the image and the settings. */
class KubernetesTest {
    private static final Path FOLDER = Manifests.FOLDER;

    @Test
    void everyManifestIsOfItsType() throws Exception {
        List<String> files = new ArrayList<>();
        for (Path file : manifests(FOLDER)) {
            HasMetadata object = read(file.getFileName().toString());
            assertThat(object.getMetadata().getName()).as(file.toString()).isEqualTo("kinolift");
            files.add(file.getFileName().toString());
        }
        JsonNode resources =
                Manifests.tree(FOLDER.resolve("kustomization.yaml")).get("resources");
        assertThat(resources.valueStream().map(JsonNode::asText)).containsExactlyElementsOf(files);
    }

    @Test
    void whatIsOptionalIsNamedThere() throws Exception {
        assertThat(read("optional/15-topics.yaml")).isInstanceOf(Job.class);
        String kustomization = Files.readString(FOLDER.resolve("kustomization.yaml"));
        assertThat(manifests(FOLDER.resolve("optional")))
                .hasSize(2)
                .allMatch(file -> kustomization.contains("  # - optional/" + file.getFileName() + "\n"));
    }

    @Test
    void aFieldThatDoesNotExistIsRefused() throws Exception {
        String manifest = Files.readString(FOLDER.resolve("30-stateful-set.yaml"));
        assertThatThrownBy(() -> Manifests.read(manifest.replace("livenessProbe:", "livenesProbe:")))
                .hasMessageContaining("livenesProbe");
        assertThatThrownBy(() -> Manifests.read(manifest.replace("minReadySeconds: 15", "minReadySeconds: soon")))
                .hasMessageContaining("minReadySeconds");
    }

    @Test
    void theContainerIsHardened() throws Exception {
        StatefulSet set = (StatefulSet) read("30-stateful-set.yaml");
        Container container =
                set.getSpec().getTemplate().getSpec().getContainers().getFirst();
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        long user = set.getSpec().getTemplate().getSpec().getSecurityContext().getRunAsUser();
        assertThat(Files.readString(Path.of("deploy/Dockerfile"))).contains("USER " + user + ":" + user);
    }

    @Test
    void settingsAreKnown() throws Exception {
        ConfigMap config = (ConfigMap) read("10-config.yaml");
        assertThat(config.getData().keySet()).allMatch(Manifests::isSetting);
        String compose = Files.readString(Path.of("deploy/compose.yaml"));
        assertThat(compose.lines()
                        .map(line -> line.strip().replaceFirst("^# ", ""))
                        .filter(line -> line.startsWith("KINOLIFT_"))
                        .map(line -> line.substring(0, line.indexOf(':'))))
                .hasSizeGreaterThan(10)
                .allMatch(Manifests::isSetting);
    }

    /** The kernel kills what takes more; the start check leaves out the last part. */
    @Test
    void theMemoryHoldsWhatTheSettingsAllow() throws Exception {
        PodSpec pod = ((StatefulSet) read("30-stateful-set.yaml"))
                .getSpec()
                .getTemplate()
                .getSpec();
        long memory = Quantity.getAmountInBytes(pod.getContainers()
                        .getFirst()
                        .getResources()
                        .getLimits()
                        .get("memory"))
                .longValueExact();
        List<String> topics = ((Job) read("optional/15-topics.yaml"))
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getArgs();
        long partitions = topics.stream()
                .filter(argument -> argument.startsWith("--partitions="))
                .mapToLong(argument -> Long.parseLong(argument.substring("--partitions=".length())))
                .sum();
        KinoliftConfig defaults = new KinoliftConfig(Map.of());
        long caches = defaults.get(LimitSettings.PICTURE_CACHE_BYTES) + defaults.get(LimitSettings.DECODER_CACHE_BYTES);
        assertThat(Files.readString(Path.of("deploy/image/jvm.options"))).contains("-XX:MaxRAMPercentage=25\n");
        assertThat(memory)
                .isGreaterThanOrEqualTo(
                        memory / 4 + defaults.get(LimitSettings.NATIVE_MEMORY) + partitions * caches + (512L << 20));
        assertThat(pod.getTerminationGracePeriodSeconds() * 1000)
                .isGreaterThan(defaults.get(ProcessSettings.STOP_TIMEOUT));
    }

    private static List<Path> manifests(Path folder) throws Exception {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().matches("\\d\\d-.*\\.yaml"))
                    .sorted()
                    .toList();
        }
    }

    private static HasMetadata read(String file) throws Exception {
        return Manifests.read(Files.readString(FOLDER.resolve(file)));
    }
}
