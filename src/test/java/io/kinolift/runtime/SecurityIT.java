package io.kinolift.runtime;

import static org.apache.kafka.common.acl.AclOperation.ALTER;
import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DELETE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.KafkaNode;
import io.kinolift.topology.Spread;
import io.kinolift.topology.TopologySettings.TopicNames;
import io.kinolift.transfer.Clients;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS, SASL/SCRAM and ACLs: the least rights are enough, and a missing right is named in one line. */
class SecurityIT {
    private static final String PASSWORD = "correct-horse-battery";
    private static final String NAME = "secure";
    private static final String INSTANCE = "one";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private int streams;

    @Test
    void theLeastRightsAreEnough_andAMissingOneIsNamed() throws Exception {
        makeCertificate();
        Files.write(
                folder.resolve("scram"),
                List.of(
                        "SCRAM-SHA-256=[name=admin,password=" + PASSWORD + "]",
                        "SCRAM-SHA-256=[name=lifter,password=" + PASSWORD + "]"));
        List<KafkaNode> nodes = KafkaNode.cluster(folder, 1, brokerSettings());
        String servers = KafkaNode.bootstrapServers(nodes);
        Map<String, String> admins = client(servers, "admin");
        try {
            KafkaNode.awaitBrokers(nodes, admins);
            ChaosTopics topics = new ChaosTopics(admins, NAME, 1, (short) 1).create();
            ChaosTopics lifters = new ChaosTopics(client(servers, "lifter"), NAME, 1, (short) 1);
            try (Admin admin = Admin.create(new HashMap<>(admins));
                    Producer<byte[], byte[]> producer = Clients.producer(admins, ChaosTopics.MAX_BYTES)) {
                admin.createAcls(leastRights(topics.names())).all().get();
                works(lifters, topics, producer);
                refuses(
                        admin,
                        lifters,
                        producer,
                        right(ResourceType.TOPIC, topics.names().frames(), READ),
                        "READ and DESCRIBE on topic kinolift.frames");
                refuses(
                        admin,
                        lifters,
                        producer,
                        right(ResourceType.TOPIC, topics.names().upscaled(), WRITE),
                        "WRITE and DESCRIBE on topic secure-upscaled");
                refuses(
                        admin,
                        lifters,
                        producer,
                        prefixed(ResourceType.TRANSACTIONAL_ID, NAME, WRITE),
                        "WRITE and DESCRIBE on transactional ids prefixed secure");
                refuses(admin, lifters, producer, right(ResourceType.GROUP, NAME, READ), "READ on group secure");
                refuses(
                        admin,
                        lifters,
                        producer,
                        right(ResourceType.TOPIC, topics.names().deadLetters(), DESCRIBE_CONFIGS),
                        "DESCRIBE_CONFIGS on topic secure-letters");
                admin.createAcls(rightsOfWindows()).all().get();
                works(lifters, topics, producer, "kinolift.parallelism=window");
            }
        } finally {
            KafkaNode.closeAll(nodes);
        }
    }

    private void works(ChaosTopics lifters, ChaosTopics topics, Producer<byte[], byte[]> producer, String... settings)
            throws Exception {
        try (Instance instance = new Instance(lifters, folder, INSTANCE, settings)) {
            instance.start();
            send(producer);
            assertThat(topics.read(streams, PATIENCE, instance).get("s" + streams))
                    .hasSize(21);
            instance.stop();
            assertThat(instance.said()).contains("running").doesNotContain(PASSWORD);
        }
        assertThat(topics.audit().problems()).isEmpty();
    }

    /** The application stops, or does not start, and names the missing right. */
    private void refuses(
            Admin admin, ChaosTopics lifters, Producer<byte[], byte[]> producer, AclBinding missing, String line)
            throws Exception {
        admin.deleteAcls(List.of(missing.toFilter())).all().get();
        String said;
        // The instance that worked, in its state folder: another one would wait until the session of this one is over.
        Path state = folder.resolve(NAME + "-" + INSTANCE).resolve("state");
        try (KinoliftStreams application = lifters.start(state, INSTANCE)) {
            send(producer);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> application.failure().isPresent());
            said = application.failure().get().getMessage();
        } catch (IllegalStateException e) {
            said = e.getMessage();
        }
        assertThat(said)
                .contains("expected the right " + line + ", found it missing")
                .hasLineCount(1);
        admin.createAcls(List.of(missing)).all().get();
    }

    private void send(Producer<byte[], byte[]> producer) {
        String stream = "s" + ++streams;
        ChaosTopics.send(producer, List.of(stream), 0, 10, 32, 24);
        ChaosTopics.end(producer, stream, 10);
        producer.flush();
    }

    /** The list in src/doc/operations.md. */
    private static List<AclBinding> leastRights(TopicNames names) {
        List<AclBinding> rights = new ArrayList<>();
        List.of(READ, DESCRIBE).forEach(operation -> rights.add(right(ResourceType.TOPIC, names.frames(), operation)));
        for (String output : List.of(names.upscaled(), names.deadLetters(), names.accounts())) {
            List.of(WRITE, DESCRIBE).forEach(operation -> rights.add(right(ResourceType.TOPIC, output, operation)));
        }
        for (String output : List.of(names.upscaled(), names.deadLetters())) {
            rights.add(right(ResourceType.TOPIC, output, DESCRIBE_CONFIGS));
        }
        List.of(CREATE, READ, WRITE, DESCRIBE, DESCRIBE_CONFIGS)
                .forEach(operation -> rights.add(prefixed(ResourceType.TOPIC, NAME + "-windows", operation)));
        List.of(CREATE, READ, WRITE, DESCRIBE, DESCRIBE_CONFIGS)
                .forEach(operation -> rights.add(prefixed(ResourceType.TOPIC, NAME + "-accounts-", operation)));
        rights.add(right(ResourceType.GROUP, NAME, READ));
        List.of(WRITE, DESCRIBE)
                .forEach(operation -> rights.add(prefixed(ResourceType.TRANSACTIONAL_ID, NAME, operation)));
        return rights;
    }

    /** What {@code kinolift.parallelism=window} needs too, by the same list. */
    private static List<AclBinding> rightsOfWindows() {
        List<AclBinding> rights = new ArrayList<>();
        for (String topic : Spread.topics(NAME)) {
            List.of(CREATE, ALTER, DELETE, READ, WRITE, DESCRIBE, DESCRIBE_CONFIGS)
                    .forEach(operation -> rights.add(right(ResourceType.TOPIC, topic, operation)));
        }
        List.of(CREATE, READ, WRITE, DESCRIBE, DESCRIBE_CONFIGS)
                .forEach(operation -> rights.add(prefixed(ResourceType.TOPIC, NAME + "-resequence", operation)));
        return rights;
    }

    private static AclBinding right(ResourceType type, String name, AclOperation operation) {
        return binding(new ResourcePattern(type, name, PatternType.LITERAL), operation);
    }

    private static AclBinding prefixed(ResourceType type, String name, AclOperation operation) {
        return binding(new ResourcePattern(type, name, PatternType.PREFIXED), operation);
    }

    private static AclBinding binding(ResourcePattern pattern, AclOperation operation) {
        return new AclBinding(pattern, new AccessControlEntry("User:lifter", "*", operation, AclPermissionType.ALLOW));
    }

    private Map<String, String> brokerSettings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("listener.security.protocol.map", "BROKER:SASL_SSL,CONTROLLER:PLAINTEXT");
        settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-256");
        settings.put("sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-256");
        settings.put("listener.name.broker.scram-sha-256.sasl.jaas.config", jaas("admin"));
        settings.put("ssl.keystore.location", folder.resolve("key.p12").toString());
        settings.put("ssl.keystore.type", "PKCS12");
        settings.put("ssl.keystore.password", PASSWORD);
        settings.put("ssl.truststore.location", folder.resolve("trust.p12").toString());
        settings.put("ssl.truststore.type", "PKCS12");
        settings.put("ssl.truststore.password", PASSWORD);
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        settings.put("super.users", "User:admin;User:ANONYMOUS");
        return settings;
    }

    private Map<String, String> client(String servers, String user) {
        return Map.of(
                "bootstrap.servers",
                servers,
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "SCRAM-SHA-256",
                "sasl.jaas.config",
                jaas(user),
                "ssl.truststore.location",
                folder.resolve("trust.p12").toString(),
                "ssl.truststore.type",
                "PKCS12",
                "ssl.truststore.password",
                PASSWORD);
    }

    private static String jaas(String user) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user + "\" password=\""
                + PASSWORD + "\";";
    }

    private void makeCertificate() throws Exception {
        keytool(
                "-genkeypair",
                "-alias",
                "broker",
                "-keyalg",
                "EC",
                "-dname",
                "CN=broker",
                "-ext",
                "san=ip:127.0.0.1",
                "-keystore",
                "key.p12");
        keytool("-exportcert", "-alias", "broker", "-file", "broker.crt", "-keystore", "key.p12");
        keytool("-importcert", "-alias", "broker", "-file", "broker.crt", "-noprompt", "-keystore", "trust.p12");
    }

    private void keytool(String... arguments) throws Exception {
        Path program = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }
}
