package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.registry.Apicurio;
import io.kinolift.registry.RegistryException;
import io.kinolift.registry.RegistryGate;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A real Apicurio Registry behind TLS and a login. */
@EnabledIfSystemProperty(named = "kinolift.apicurio", matches = ".+")
class RegistryLoginIT {
    @TempDir
    private static Path folder;

    private static Apicurio apicurio;
    private static RegistryGate gate;
    private static RegistryGate elsewhere;

    @BeforeAll
    static void start() throws Exception {
        apicurio = new Apicurio(Path.of(System.getProperty("kinolift.apicurio")));
        apicurio.start();
        String registry = apicurio.url().replaceFirst("(//[^/]*)/.*", "$1");
        gate = new RegistryGate(registry, Files.createDirectory(folder.resolve("gate")), "127.0.0.1");
        elsewhere = new RegistryGate(registry, Files.createDirectory(folder.resolve("elsewhere")), "127.0.0.2");
    }

    @AfterAll
    static void stop() throws InterruptedException {
        gate.close();
        elsewhere.close();
        apicurio.close();
    }

    private static TopologyFixture topology(RegistryGate through, String user, String password, Path certificate) {
        return new TopologyFixture(
                "registry.url",
                through.url() + "/apis/ccompat/v7",
                "registry.timeout.ms",
                "1500",
                "registry.user",
                user,
                "registry.password",
                password,
                "registry.ca.file",
                certificate == null ? "" : certificate.toString());
    }

    @Test
    void nameAndPassword_letUsIn_toRegisterAndToRead() throws Exception {
        byte[] bytes;
        try (TopologyFixture topology = topology(gate, RegistryGate.USER, RegistryGate.PASSWORD, gate.certificate())) {
            topology.send("a", 0, 2);
            topology.end("a", 0, 2);
            List<byte[]> records = topology.rawOutput();
            assertThat(records).hasSize(5);
            bytes = records.getFirst();
            assertThat(apicurio.get("/schemas/ids/"
                                    + ByteBuffer.wrap(bytes, 1, 4).getInt())
                            .statusCode())
                    .isEqualTo(200);
        }
        // Another process knows the id from nowhere but the registry.
        try (TopologyFixture topology = topology(gate, RegistryGate.USER, RegistryGate.PASSWORD, gate.certificate())) {
            topology.sendBytes("a", bytes);
            topology.end("a", 0, 1);
            assertThat(topology.rawOutput()).hasSize(3);
            assertThat(topology.rawDeadLetters()).isEmpty();
        }
    }

    @Test
    void aWrongLogin_isSaidAtOnce() {
        assertRefused(gate, RegistryGate.USER, "guessed")
                .hasMessageContaining("refuses the login (kinolift.registry.user)");
        assertRefused(gate, "", "").hasMessageContaining("refuses the login (kinolift.registry.user)");
    }

    /** Such a connection would carry the password. */
    @Test
    void aCertificateThatIsNotTrusted_orOfAnother_endsTheTalk() {
        assertRefused(gate, RegistryGate.USER, RegistryGate.PASSWORD, null).hasMessageContaining("PKIX path");
        assertRefused(gate, RegistryGate.USER, RegistryGate.PASSWORD, elsewhere.certificate())
                .hasMessageContaining("PKIX path");
        assertRefused(elsewhere, RegistryGate.USER, RegistryGate.PASSWORD, elsewhere.certificate())
                .hasMessageContaining("127.0.0.1");
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(RegistryGate through, String user, String password) {
        return assertRefused(through, user, password, through.certificate());
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(
            RegistryGate through, String user, String password, Path certificate) {
        AbstractThrowableAssert<?, ?> refusal = assertThatThrownBy(() -> {
                    try (TopologyFixture _ = topology(through, user, password, certificate)) {
                        throw new AssertionError("expected a refusal");
                    }
                })
                .isInstanceOf(RegistryException.class);
        return password.isEmpty() ? refusal : refusal.hasMessageNotContaining(password);
    }
}
