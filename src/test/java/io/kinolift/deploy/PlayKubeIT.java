package io.kinolift.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The manifests as far as {@code podman play kube} goes: the configuration, the claim, and the first pod of the stateful
 * set, made here as its controller would. Podman 4.3 has no secrets of Kubernetes' kind, not even optional ones,
 * and its probes want curl, so the image's own check stands in.
 */
@EnabledIfSystemProperty(named = "kinolift.image", matches = "true")
class PlayKubeIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String POD = "kinolift-0";
    private static final String CONTAINER = POD + "-kinolift";
    private static final int FRAMES = 100;

    @TempDir
    private Path folder;

    @Test
    void thePodWorksAsItsManifestSays() throws Exception {
        Podman.execute(Duration.ofMinutes(20), List.of("deploy/image/build.sh")).orFail();
        try (BrokerAndTopics cluster = new BrokerAndTopics()) {
            cluster.createTopics();
            Path file = Files.writeString(folder.resolve("pod.yaml"), manifest(cluster.bootstrapServers()));
            remove(file);
            try {
                Podman.run("play", "kube", "--network", "host", file.toString()).orFail();
                await().atMost(PATIENCE)
                        .until(() ->
                                exec("/opt/kinolift/bin/health.sh", "/ready").exitCode() == 0);
                assertHardened();
                assertThat(exec("kinolift", "config", "--explain").orFail())
                        .containsPattern("group.instance.id +=\\s+kinolift-0 +# environment")
                        .containsPattern("kinolift.scale.factor +=\\s+1,2,2 +# environment");
                cluster.ingest("gate", FRAMES);
                cluster.awaitEndOf("gate", FRAMES);
                Podman.run("pod", "stop", "--time", "45", POD).orFail();
                assertThat(Podman.run("inspect", "--format", "{{.State.ExitCode}}", CONTAINER)
                                .orFail())
                        .as("exit code after SIGTERM")
                        .isIn("0", "143");
            } finally {
                remove(file);
            }
        }
    }

    private static void assertHardened() throws Exception {
        assertThat(exec("sh", "-c", "touch /opt/kinolift/x").errors()).contains("Read-only file system");
        assertThat(exec("sh", "-c", "touch /var/lib/kinolift/x /tmp/x").exitCode())
                .isZero();
        assertThat(exec("sh", "-c", "grep Cap /proc/1/status; grep NoNewPrivs /proc/1/status; id -u")
                        .orFail())
                .containsPattern("CapEff:\\s+0{16}")
                .containsPattern("CapBnd:\\s+0{16}")
                .containsPattern("NoNewPrivs:\\s+1")
                .endsWith("10001");
        assertThat(Podman.run("inspect", "--format", "{{.HostConfig.Memory}}", CONTAINER)
                        .orFail())
                .isEqualTo(Long.toString(7L << 30));
    }

    private static Podman.Outcome exec(String... command) throws Exception {
        List<String> all = new ArrayList<>(List.of("exec", CONTAINER));
        all.addAll(List.of(command));
        return Podman.run(all.toArray(String[]::new));
    }

    private static void remove(Path file) throws Exception {
        Podman.run("play", "kube", "--down", file.toString());
        Podman.run("volume", "rm", "--force", "state-" + POD);
    }

    /** In the order in which podman wants them. */
    private static String manifest(String bootstrapServers) throws Exception {
        StatefulSet set = (StatefulSet) read("30-stateful-set.yaml");
        ConfigMap config = (ConfigMap) read("10-config.yaml");
        config.getData().put("KINOLIFT_KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
        // The network is the machine's here.
        config.getData().put("KINOLIFT_HTTP_HOST", "127.0.0.1");
        config.getData().put("KINOLIFT_HTTP_PORT", Integer.toString(freePort()));
        // There is one broker.
        config.getData().put("KINOLIFT_KAFKA_REPLICATION_FACTOR", "1");
        List<HasMetadata> all = new ArrayList<>(List.of(config));
        Pod pod = pod(set);
        for (PersistentVolumeClaim template : set.getSpec().getVolumeClaimTemplates()) {
            String claim = template.getMetadata().getName() + "-" + POD;
            all.add(new PersistentVolumeClaimBuilder()
                    .withNewMetadata()
                    .withName(claim)
                    .endMetadata()
                    .withSpec(template.getSpec())
                    .build());
            pod.getSpec()
                    .getVolumes()
                    .add(new VolumeBuilder()
                            .withName(template.getMetadata().getName())
                            .withNewPersistentVolumeClaim()
                            .withClaimName(claim)
                            .endPersistentVolumeClaim()
                            .build());
        }
        all.add(pod);
        StringBuilder text = new StringBuilder();
        for (HasMetadata object : all) {
            text.append(Manifests.write(object));
        }
        return text.toString();
    }

    private static Pod pod(StatefulSet set) {
        Container container =
                set.getSpec().getTemplate().getSpec().getContainers().getFirst();
        container.setImage(Podman.IMAGE + ":latest");
        container.setImagePullPolicy("Never");
        container.setLivenessProbe(null);
        container.setStartupProbe(null);
        container.setReadinessProbe(null);
        // There is nothing to map on the machine's own network, and podman refuses to.
        container.setPorts(List.of());
        container.getVolumeMounts().removeIf(mount -> mount.getName().equals("tls"));
        set.getSpec()
                .getTemplate()
                .getSpec()
                .getVolumes()
                .removeIf(volume -> volume.getName().equals("tls"));
        return new PodBuilder()
                .withNewMetadata()
                .withName(POD)
                .withLabels(set.getSpec().getTemplate().getMetadata().getLabels())
                .endMetadata()
                .withSpec(set.getSpec().getTemplate().getSpec())
                .build();
    }

    private static HasMetadata read(String file) throws Exception {
        return Manifests.read(Files.readString(Path.of("deploy/kubernetes", file)));
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
