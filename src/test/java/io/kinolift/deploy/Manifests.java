package io.kinolift.deploy;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.StreamGroups;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Kubernetes' own types, which take no fields that they do not know. */
final class Manifests {
    static final Path FOLDER = Path.of("deploy/kubernetes");

    private static final Map<String, Class<? extends HasMetadata>> KINDS = Stream.<Class<? extends HasMetadata>>of(
                    Namespace.class,
                    ConfigMap.class,
                    Service.class,
                    StatefulSet.class,
                    Deployment.class,
                    Job.class,
                    PodDisruptionBudget.class,
                    NetworkPolicy.class,
                    ServiceMonitor.class,
                    PrometheusRule.class)
            .collect(Collectors.toMap(Class::getSimpleName, Function.identity()));
    /** The types take unknown fields into a map of their own: here they are errors. */
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, true)
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            });

    private Manifests() {}

    /** All documents of a text, without those that are empty. */
    static List<JsonNode> documents(String text) throws IOException {
        return YAML.readerFor(JsonNode.class).<JsonNode>readValues(text).readAll().stream()
                .filter(document -> document != null && document.isObject())
                .toList();
    }

    static JsonNode tree(Path file) throws IOException {
        return YAML.readTree(file.toFile());
    }

    /** One manifest, of which every field is known. */
    static HasMetadata read(String manifest) throws IOException {
        return typed(YAML.readTree(manifest));
    }

    /** @throws IOException naming what the type does not take */
    static HasMetadata typed(JsonNode manifest) throws IOException {
        String kind = manifest.path("kind").asText();
        if (!KINDS.containsKey(kind)) {
            throw new IOException("expected a kind of " + KINDS.keySet() + ", found \"" + kind + '"');
        }
        HasMetadata object = YAML.treeToValue(manifest, KINDS.get(kind));
        String version = HasMetadata.getApiVersion(KINDS.get(kind));
        if (!object.getApiVersion().equals(version)) {
            throw new IOException(kind + ": expected apiVersion " + version + ", found " + object.getApiVersion());
        }
        return object;
    }

    /** Each field that is set. */
    static JsonNode tree(HasMetadata object) {
        return YAML.valueToTree(object);
    }

    static String write(HasMetadata object) throws IOException {
        return YAML.writeValueAsString(object);
    }

    /** Whether a variable of the environment is one that Kinolift takes. */
    static boolean isSetting(String variable) {
        String setting = variable.toLowerCase(Locale.ROOT).replace('_', '.');
        return variable.startsWith("KINOLIFT_KAFKA_")
                || variable.equals("KINOLIFT_JAVA_OPTS")
                || KinoliftConfig.find(setting).isPresent()
                || StreamGroups.settings("still").contains(setting);
    }
}
