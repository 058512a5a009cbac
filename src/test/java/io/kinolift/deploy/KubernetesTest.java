package io.kinolift.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.StreamGroups;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The manifests are what Kubernetes' own types take, and say the same as the image and the settings. */
class KubernetesTest {
    private static final Path FOLDER = Path.of("deploy/kubernetes");
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "Namespace",
            Namespace.class,
            "ConfigMap",
            ConfigMap.class,
            "Service",
            Service.class,
            "StatefulSet",
            StatefulSet.class,
            "PodDisruptionBudget",
            PodDisruptionBudget.class,
            "NetworkPolicy",
            NetworkPolicy.class);
    /** The types take unknown fields into a map of their own: here they are errors. */
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory())
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, true)
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            });

    @Test
    void everyManifestIsOfItsType() throws Exception {
        List<String> files = new ArrayList<>();
        for (Path file : manifests()) {
            HasMetadata object = read(Files.readString(file));
            assertThat(object.getMetadata().getName()).as(file.toString()).isEqualTo("kinolift");
            assertThat(object.getApiVersion())
                    .as(file.toString())
                    .isEqualTo(HasMetadata.getApiVersion(KINDS.get(object.getKind())));
            files.add(file.getFileName().toString());
        }
        JsonNode resources =
                YAML.readTree(FOLDER.resolve("kustomization.yaml").toFile()).get("resources");
        assertThat(YAML.convertValue(resources, String[].class)).containsExactlyElementsOf(files);
    }

    @Test
    void aFieldThatDoesNotExistIsRefused() throws Exception {
        String manifest = Files.readString(FOLDER.resolve("30-stateful-set.yaml"));
        assertThatThrownBy(() -> read(manifest.replace("livenessProbe:", "livenesProbe:")))
                .hasMessageContaining("livenesProbe");
        assertThatThrownBy(() -> read(manifest.replace("minReadySeconds: 15", "minReadySeconds: soon")))
                .hasMessageContaining("minReadySeconds");
    }

    @Test
    void theContainerIsHardened() throws Exception {
        StatefulSet set = (StatefulSet) read(Files.readString(FOLDER.resolve("30-stateful-set.yaml")));
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
        ConfigMap config = (ConfigMap) read(Files.readString(FOLDER.resolve("10-config.yaml")));
        assertThat(config.getData().keySet()).allMatch(KubernetesTest::isSetting);
        String compose = Files.readString(Path.of("deploy/compose.yaml"));
        assertThat(compose.lines()
                        .map(line -> line.strip().replaceFirst("^# ", ""))
                        .filter(line -> line.startsWith("KINOLIFT_"))
                        .map(line -> line.substring(0, line.indexOf(':'))))
                .hasSizeGreaterThan(10)
                .allMatch(KubernetesTest::isSetting);
    }

    private static boolean isSetting(String variable) {
        String setting = variable.toLowerCase(Locale.ROOT).replace('_', '.');
        return variable.startsWith("KINOLIFT_KAFKA_")
                || variable.equals("KINOLIFT_JAVA_OPTS")
                || KinoliftConfig.find(setting).isPresent()
                || StreamGroups.settings("still").contains(setting);
    }

    private static List<Path> manifests() throws Exception {
        try (Stream<Path> all = Files.list(FOLDER)) {
            return all.filter(file -> file.getFileName().toString().matches("\\d\\d-.*\\.yaml"))
                    .sorted()
                    .toList();
        }
    }

    static String write(HasMetadata object) throws Exception {
        return YAML.writeValueAsString(object);
    }

    /** One manifest, of which every field is known. */
    static HasMetadata read(String manifest) throws Exception {
        String kind = YAML.readTree(manifest).get("kind").asText();
        return YAML.readValue(manifest, KINDS.get(kind));
    }
}
