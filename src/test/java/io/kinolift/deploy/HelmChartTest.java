package io.kinolift.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.kinolift.cli.Arguments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart says the same as the manifests, takes the values that it names, and refuses others. */
class HelmChartTest {
    private static final Path CHART = Path.of("deploy/helm/kinolift");
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);
    /** Helm's own, and what makes pods anew. */
    private static final Set<String> OF_THE_CHART = Set.of(
            "app.kubernetes.io/instance",
            "app.kubernetes.io/version",
            "app.kubernetes.io/managed-by",
            "helm.sh/chart",
            "helm.sh/hook",
            "helm.sh/hook-delete-policy",
            "checksum/config");

    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("defaults", ""),
            Map.entry("everything", """
                    image: {repository: registry.test/kinolift, digest: %s}
                    imagePullSecrets: [{name: pull}]
                    replicas: 3
                    settings: {KINOLIFT_WINDOW_SIZE: "4", KINOLIFT_FRAMES_TOPIC: front}
                    secrets: {login: login, tls: tls}
                    nodeSelector: {disk: fast}
                    tolerations: [{key: video, operator: Exists}]
                    state: {size: 50Gi, storageClassName: fast, whenScaled: Retain}
                    sources:
                      - {name: front, secret: front-cameras}
                      - {name: back, secret: back-cameras, resources: {limits: {memory: 4Gi}}}
                    collectors:
                      - {name: gate, stream: camera 7, size: 100Gi, container: m3u8, options: [--video-codec=copy]}
                      - {name: yard, stream: "8", size: 1Ti, storageClassName: slow}
                    monitoring: {enabled: true, namespace: watch, labels: {release: prometheus}}
                    """.formatted(DIGEST)),
            Map.entry("scaled", "autoscaling: {enabled: true}"),
            Map.entry("ownLogins", """
                    settings: {KINOLIFT_STOP_TIMEOUT_MS: "60000"}
                    topics: {login: of-topics}
                    sources:
                      - {name: front, secret: front-cameras, login: of-sources}
                    collectors:
                      - {name: gate, stream: gate, size: 1Gi, login: of-collectors}
                    """),
            Map.entry("nothing", """
                    topics: {enabled: false}
                    podDisruptionBudget: {enabled: false}
                    networkPolicy: {enabled: false}
                    monitoring: {enabled: false}
                    """),
            Map.entry("wordForNumber", "replicas: two"),
            Map.entry("unknownValue", "replica: 2"),
            Map.entry("unknownInside", "state: {sise: 10Gi}"),
            Map.entry("numberForText", "settings: {KINOLIFT_WINDOW_SIZE: 4}"),
            Map.entry("notASetting", "settings: {WINDOW_SIZE: \"4\"}"),
            Map.entry("noBrokers", "settings: {KINOLIFT_KAFKA_BOOTSTRAP_SERVERS: null}"),
            Map.entry("secretInTheOpen", "settings: {KINOLIFT_HTTP_TOKEN: abc}"),
            Map.entry(
                    "clientSecret",
                    "settings: {KINOLIFT_KAFKA_SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_SECRET: abc}"),
            Map.entry("ofTheChart", "settings: {KINOLIFT_HTTP_PORT: \"9000\"}"),
            Map.entry("notASize", "state: {size: ten}"),
            Map.entry("notADigest", "image: {digest: sha256:abc}"),
            Map.entry("noSecret", "sources: [{name: front}]"),
            Map.entry("notAName", "collectors: [{name: Front Gate, stream: a, size: 1Gi}]"));

    private static final Map<String, List<JsonNode>> DOCUMENTS = new HashMap<>();
    private static HelmProgram.Result helm;

    @BeforeAll
    static void render(@TempDir Path folder) throws Exception {
        helm = HelmProgram.run(CHART, folder, VALUES);
        for (Map.Entry<String, String> each : helm.documents().entrySet()) {
            DOCUMENTS.put(each.getKey(), Manifests.documents(each.getValue()));
        }
    }

    @Test
    void lintFindsNothing() {
        assertThat(helm.lint().getLast()).as(helm.lint().toString()).isEqualTo("passed");
        assertThat(helm.lint()).noneMatch(line -> line.contains("WARNING") || line.contains("ERROR"));
    }

    @Test
    void whatIsNotWrongIsTaken() {
        assertThat(DOCUMENTS.keySet()).as(helm.errors().toString()).contains("everything", "scaled", "nothing");
        assertThat(kinds("defaults"))
                .containsExactlyInAnyOrder(
                        "ConfigMap kinolift",
                        "Service kinolift",
                        "StatefulSet kinolift",
                        "PodDisruptionBudget kinolift",
                        "NetworkPolicy kinolift",
                        "NetworkPolicy kinolift-topics",
                        "Job kinolift-topics");
        assertThat(kinds("nothing"))
                .containsExactlyInAnyOrder("ConfigMap kinolift", "Service kinolift", "StatefulSet kinolift");
        assertThat(kinds("everything"))
                .contains(
                        "Deployment kinolift-source-front",
                        "Deployment kinolift-source-back",
                        "StatefulSet kinolift-collector-gate",
                        "StatefulSet kinolift-collector-yard",
                        "NetworkPolicy kinolift-sources",
                        "NetworkPolicy kinolift-collectors",
                        "ServiceMonitor kinolift",
                        "PrometheusRule kinolift",
                        "ConfigMap kinolift-dashboard")
                .containsAll(kinds("defaults"))
                .hasSize(16)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"defaults", "everything", "scaled", "nothing"})
    void everyDocumentIsOfItsType(String values) throws Exception {
        for (JsonNode document : DOCUMENTS.get(values)) {
            if (!document.get("kind").asText().equals("ScaledObject")) {
                Manifests.typed(document);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ConfigMap, 10-config.yaml",
        "Service, 20-service.yaml",
        "StatefulSet, 30-stateful-set.yaml",
        "PodDisruptionBudget, 40-disruption-budget.yaml",
        "NetworkPolicy, 50-network-policy.yaml",
        "Job, optional/15-topics.yaml",
        "ScaledObject, optional/60-autoscaling.yaml"
    })
    void theDefaultsAreThoseOfTheManifests(String kind, String manifest) throws Exception {
        JsonNode ofChart = only(kind.equals("ScaledObject") ? "scaled" : "defaults", kind);
        JsonNode ofManifest = Manifests.tree(Manifests.FOLDER.resolve(manifest));
        if (kind.equals("Job")) {
            // A hook comes before the config map, so its settings are written out.
            assertThat(environment((Job) Manifests.typed(ofChart)))
                    .isEqualTo(settings("defaults", "KINOLIFT_HTTP_HOST", "KINOLIFT_HTTP_PORT"));
            container(ofChart).remove("env");
            assertThat(container(ofChart).withArray("/envFrom"))
                    .containsExactly(container(ofManifest).withArray("/envFrom").remove(1));
            container(ofChart).remove("envFrom");
            container(ofManifest).remove("envFrom");
        }
        if (ofManifest.at("/spec/template").isObject()) {
            container(ofManifest).put("image", imageOfTheManifests());
        }
        assertThat(canonical(ofChart)).isEqualTo(canonical(ofManifest));
    }

    @Test
    void topicsComeBeforeInstances() throws Exception {
        assertThat(Files.readString(CHART.resolve("templates/topics.yaml")))
                .contains("    helm.sh/hook: pre-install,pre-upgrade\n");
    }

    @Test
    void settingsAreKnown() throws Exception {
        assertThat(settings("everything"))
                .containsEntry("KINOLIFT_WINDOW_SIZE", "4")
                .containsEntry("KINOLIFT_SCALE_FACTOR", "1,2,2");
        assertThat(settings("everything").keySet()).allMatch(Manifests::isSetting);
        assertThat(environment((Job) Manifests.typed(only("everything", "Job"))))
                .isEqualTo(settings("everything", "KINOLIFT_HTTP_HOST", "KINOLIFT_HTTP_PORT"));
    }

    @Test
    void otherSettingsMakePodsAnew() throws Exception {
        assertThat(instances("everything").getMetadata().getAnnotations().get("checksum/config"))
                .isNotEqualTo(
                        instances("defaults").getMetadata().getAnnotations().get("checksum/config"))
                .isNotEmpty();
    }

    @Test
    void secretsAreNamedAndMustBeThere() throws Exception {
        assertThat(helm.documents().values()).noneMatch(text -> text.contains("kind: Secret\n"));
        List<PodSpec> pods = pods("everything");
        assertThat(pods).hasSize(6).allSatisfy(pod -> {
            assertThat(pod.getContainers().getFirst().getEnvFrom())
                    .extracting(from -> from.getSecretRef())
                    .filteredOn(Objects::nonNull)
                    .singleElement()
                    .satisfies(login -> assertThat(login.getName()).isEqualTo("login"))
                    .satisfies(login -> assertThat(login.getOptional()).isFalse());
            assertThat(pod.getVolumes())
                    .filteredOn(volume -> volume.getName().equals("tls"))
                    .singleElement()
                    .satisfies(
                            tls -> assertThat(tls.getSecret().getSecretName()).isEqualTo("tls"))
                    .satisfies(tls -> assertThat(tls.getSecret().getOptional()).isFalse());
        });
    }

    @Test
    void aWorkloadMayHaveALoginOfItsOwn() throws Exception {
        assertThat(pods("ownLogins"))
                .extracting(pod -> pod.getContainers().getFirst().getEnvFrom().stream()
                        .map(from -> from.getSecretRef())
                        .filter(Objects::nonNull)
                        .map(login -> login.getName() + (login.getOptional() ? " if there" : ""))
                        .collect(Collectors.joining()))
                .containsExactlyInAnyOrder("kinolift-login if there", "of-topics", "of-sources", "of-collectors");
    }

    @Test
    void aStopThatMayTakeLongerIsWaitedFor() throws Exception {
        assertThat(instances("ownLogins").getSpec().getTerminationGracePeriodSeconds())
                .isEqualTo(75);
    }

    @Test
    void allPodsAreHardenedAndRunTheSameImage() throws Exception {
        PodSpec instance = instances("defaults").getSpec();
        assertThat(pods("everything")).allSatisfy(pod -> {
            Container container = pod.getContainers().getFirst();
            assertThat(container.getImage()).isEqualTo("registry.test/kinolift@" + DIGEST);
            assertThat(container.getSecurityContext())
                    .isEqualTo(instance.getContainers().getFirst().getSecurityContext());
            assertThat(container.getResources().getLimits()).containsKey("memory");
            assertThat(pod.getSecurityContext()).isEqualTo(instance.getSecurityContext());
            assertThat(pod.getAutomountServiceAccountToken()).isFalse();
            assertThat(pod.getNodeSelector()).containsEntry("disk", "fast");
            assertThat(pod.getTolerations()).hasSize(1);
            assertThat(pod.getImagePullSecrets()).hasSize(1);
        });
    }

    @Test
    void argumentsAreThoseOfTheCommands() throws Exception {
        for (HasMetadata workload : typed("everything")) {
            if (workload instanceof Job || workload instanceof Deployment) {
                Arguments.parse(template(workload)
                        .orElseThrow()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getArgs()
                        .toArray(String[]::new));
            }
        }
        Container gate = template(typed("everything").stream()
                        .filter(workload -> workload.getMetadata().getName().equals("kinolift-collector-gate"))
                        .findFirst()
                        .orElseThrow())
                .orElseThrow()
                .getSpec()
                .getContainers()
                .getFirst();
        assertThat(gate.getArgs()).containsExactly("m3u8", "--follow", "--stream=camera 7", "--video-codec=copy");
        List<String> collect =
                new ArrayList<>(List.of("collect", "out." + gate.getArgs().getFirst()));
        collect.addAll(gate.getArgs().subList(1, gate.getArgs().size()));
        Arguments.parse(collect.toArray(String[]::new));
    }

    @Test
    void prometheusFindsWhatTheRulesGoBy() throws Exception {
        ServiceMonitor monitor = (ServiceMonitor) Manifests.typed(only("everything", "ServiceMonitor"));
        Service service = (Service) Manifests.typed(only("everything", "Service"));
        assertThat(service.getMetadata().getLabels())
                .containsEntry(monitor.getSpec().getJobLabel(), "kinolift")
                .containsAllEntriesOf(monitor.getSpec().getSelector().getMatchLabels());
        assertThat(service.getSpec().getPorts())
                .extracting(port -> port.getName())
                .contains(monitor.getSpec().getEndpoints().getFirst().getPort());
        assertThat(monitor.getMetadata().getLabels()).containsEntry("release", "prometheus");
        PrometheusRule rule = (PrometheusRule) Manifests.typed(only("everything", "PrometheusRule"));
        assertThat(rule.getMetadata().getLabels()).containsEntry("release", "prometheus");
        String rules = Files.readString(Path.of("deploy/monitoring/alerts.yml"))
                .replace("job=\"kinolift\"", "job=\"kinolift\", namespace=\"" + HelmProgram.RELEASE + "\"");
        assertThat(only("everything", "PrometheusRule").get("spec"))
                .isEqualTo(Manifests.documents(rules).getFirst());
        ConfigMap dashboard = (ConfigMap) Manifests.typed(DOCUMENTS.get("everything").stream()
                .filter(document -> document.at("/metadata/name").asText().endsWith("-dashboard"))
                .findFirst()
                .orElseThrow());
        assertThat(dashboard.getData())
                .containsExactly(Map.entry(
                        "kinolift.json", Files.readString(Path.of("deploy/monitoring/grafana/kinolift.json"))));
        assertThat(instances("everything").getMetadata().getAnnotations()).doesNotContainKey("prometheus.io/scrape");
    }

    @Test
    void anAutoscalerCountsInstancesAlone() {
        assertThat(only("scaled", "StatefulSet").at("/spec/replicas").isMissingNode())
                .isTrue();
        assertThat(only("defaults", "StatefulSet").at("/spec/replicas").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wordForNumber   | /replicas             | want integer",
                "unknownValue    | replica               | not allowed",
                "unknownInside   | sise                  | not allowed",
                "numberForText   | KINOLIFT_WINDOW_SIZE  | want string",
                "notASetting     | WINDOW_SIZE           | does not match pattern",
                "noBrokers       | KINOLIFT_KAFKA_BOOTSTRAP_SERVERS | missing property",
                "secretInTheOpen | KINOLIFT_HTTP_TOKEN   | is a secret; put it into a Kubernetes secret",
                "clientSecret    | CLIENT_SECRET         | is a secret; put it into a Kubernetes secret",
                "ofTheChart      | KINOLIFT_HTTP_PORT    | is set by the chart",
                "notASize        | /state/size           | does not match pattern",
                "notADigest      | /image/digest         | does not match pattern",
                "noSecret        | /sources/0            | missing property 'secret'",
                "notAName        | /collectors/0/name    | does not match pattern"
            })
    void wrongValuesAreRefused(String values, String place, String reason) {
        assertThat(helm.errors()).containsKey(values);
        assertThat(helm.errors().get(values)).contains(place).contains(reason);
    }

    private static List<String> kinds(String values) {
        return DOCUMENTS.get(values).stream()
                .map(document -> document.get("kind").asText() + " "
                        + document.at("/metadata/name").asText())
                .toList();
    }

    /** The first of its kind; for stateful sets, that of the instances. */
    private static JsonNode only(String values, String kind) {
        return DOCUMENTS.get(values).stream()
                .filter(document -> document.get("kind").asText().equals(kind)
                        && document.at("/metadata/name").asText().matches("kinolift(-topics)?"))
                .collect(Collectors.collectingAndThen(Collectors.toList(), List::getFirst))
                .deepCopy();
    }

    private static List<HasMetadata> typed(String values) throws IOException {
        List<HasMetadata> all = new ArrayList<>();
        for (JsonNode document : DOCUMENTS.get(values)) {
            all.add(Manifests.typed(document));
        }
        return all;
    }

    private static Optional<PodTemplateSpec> template(HasMetadata object) {
        return Optional.ofNullable(
                switch (object) {
                    case StatefulSet set -> set.getSpec().getTemplate();
                    case Deployment deployment -> deployment.getSpec().getTemplate();
                    case Job job -> job.getSpec().getTemplate();
                    default -> null;
                });
    }

    private static List<PodSpec> pods(String values) throws IOException {
        return typed(values).stream()
                .flatMap(object -> template(object).stream())
                .map(PodTemplateSpec::getSpec)
                .toList();
    }

    private static PodTemplateSpec instances(String values) throws IOException {
        return template(Manifests.typed(only(values, "StatefulSet"))).orElseThrow();
    }

    private static Map<String, String> settings(String values, String... without) throws IOException {
        Map<String, String> settings =
                new TreeMap<>(((ConfigMap) Manifests.typed(only(values, "ConfigMap"))).getData());
        Stream.of(without).forEach(settings::remove);
        return settings;
    }

    private static Map<String, String> environment(Job job) {
        return job.getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv().stream()
                .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue, (_, last) -> last, TreeMap::new));
    }

    private static ObjectNode container(JsonNode workload) {
        return (ObjectNode) workload.at("/spec/template/spec/containers/0");
    }

    private static String imageOfTheManifests() throws IOException {
        JsonNode image =
                Manifests.tree(Manifests.FOLDER.resolve("kustomization.yaml")).at("/images/0");
        return image.get("newName").asText() + ":" + image.get("newTag").asText();
    }

    /** Without what only a chart has; as the type writes it, where there is a type. */
    private static JsonNode canonical(JsonNode document) throws IOException {
        JsonNode plain = document.deepCopy();
        strip(plain);
        return plain.get("kind").asText().equals("ScaledObject") ? plain : Manifests.tree(Manifests.typed(plain));
    }

    private static void strip(JsonNode node) {
        node.forEach(HelmChartTest::strip);
        if (node instanceof ObjectNode object) {
            object.remove(OF_THE_CHART);
            List.copyOf(object.properties()).stream()
                    .filter(field -> field.getKey().equals("annotations")
                            && field.getValue().isEmpty())
                    .forEach(field -> object.remove(field.getKey()));
        }
    }
}
