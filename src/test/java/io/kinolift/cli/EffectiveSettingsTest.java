package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.MonitoringSettings;
import io.kinolift.settings.SchemaRegistrySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EffectiveSettingsTest {
    @Test
    void laterPlacesWin_andEachValueSaysWhereItIsFrom() {
        EffectiveSettings settings = new EffectiveSettings();
        settings.add(
                "file a.properties",
                Map.of("kinolift.quality", "5", "kinolift.window.size", "3", "kinolift.size", "640x360"));
        settings.addEnvironment(Map.of(
                "KINOLIFT_QUALITY",
                "6",
                "KINOLIFT_WINDOW_SIZE",
                "4",
                "KINOLIFT_KAFKA_COMMIT_INTERVAL_MS",
                "30",
                "PATH",
                "/bin"));
        settings.add("command line", Map.of("kinolift.quality", "7"));
        assertThat(settings.ours())
                .containsOnly(
                        Map.entry("kinolift.quality", "7"),
                        Map.entry("kinolift.window.size", "4"),
                        Map.entry("kinolift.size", "640x360"));
        assertThat(settings.kafkas()).containsOnly(Map.entry("commit.interval.ms", "30"));
        assertThat(settings.explain().lines())
                .anyMatch(line -> line.matches("kinolift.quality +=  *7 +# command line"))
                .anyMatch(line -> line.matches("kinolift.window.size +=  *4 +# environment KINOLIFT_WINDOW_SIZE"))
                .anyMatch(line -> line.matches("kinolift.size +=  *640x360 +# file a.properties"))
                .anyMatch(line -> line.matches("kinolift.operator +=  *trilinear +# default"))
                .anyMatch(line -> line.matches("commit.interval.ms +=  *30 +# environment KINOLIFT_KAFKA_.*"));
    }

    @Test
    void valuesOfAPreset_saySo_andWhatIsGivenWins() {
        EffectiveSettings settings = new EffectiveSettings();
        settings.addEnvironment(Map.of("KINOLIFT_PRESET", "best"));
        settings.add("command line", Map.of("kinolift.motion", "off"));
        assertThat(settings.explain().lines())
                .anyMatch(line -> line.matches("kinolift.preset +=  *best +# environment KINOLIFT_PRESET"))
                .anyMatch(line -> line.matches("kinolift.operator +=  *conv-transpose3d +# preset best"))
                .anyMatch(line -> line.matches("kinolift.weights +=  *adaptive +# preset best"))
                .anyMatch(line -> line.matches("kinolift.motion +=  *off +# command line"))
                .anyMatch(line -> line.matches("kinolift.scale.factor +=  *2,2,2 +# default"));
    }

    @Test
    void aMisspeltSettingOfKafkas_isNamedWithItsPlaceAndTheRightName() {
        for (String name : new String[] {"secuirty.protocol", "consumer.secuirty.protocol"}) {
            EffectiveSettings settings = new EffectiveSettings();
            settings.add("file a.properties", Map.of(name, "SSL"));
            assertThatThrownBy(settings::requireKnownKafkas)
                    .hasMessage("expected settings of Kafka's clients in file a.properties, found " + name
                            + "; did you mean security.protocol?");
        }
        EffectiveSettings settings = new EffectiveSettings();
        settings.addEnvironment(Map.of("KINOLIFT_KAFKA_COMIT_INTERVAL_MS", "30"));
        assertThatThrownBy(settings::requireKnownKafkas)
                .hasMessageContaining("environment KINOLIFT_KAFKA_COMIT_INTERVAL_MS")
                .hasMessageEndingWith("did you mean commit.interval.ms?");
    }

    @Test
    void settingsOfClientsAndPlugIns_arePassedOn() {
        EffectiveSettings settings = new EffectiveSettings();
        settings.add(
                "file",
                Map.of(
                        "main.consumer.max.poll.interval.ms",
                        "300000",
                        "producer.linger.ms",
                        "5",
                        "topic.segment.bytes",
                        "1000000",
                        "config.providers.file.class",
                        "x",
                        "rocksdb.config.setter",
                        "x",
                        "our.login.module.retries",
                        "3"));
        settings.requireKnownKafkas();
        assertThat(settings.kafkas()).hasSize(6);
    }

    @Test
    void clientSettingsOfAnOption_winOverThoseOfConfig(@TempDir Path folder) throws Exception {
        Path config = Files.writeString(folder.resolve("a"), "bootstrap.servers=a:1\nsecurity.protocol=SSL\n");
        Path clients = Files.writeString(folder.resolve("b"), "security.protocol=SASL_SSL\n");
        assertThat(CommandLineProgram.run(
                                "config",
                                "--explain",
                                "--config",
                                config.toString(),
                                "--command-config",
                                clients.toString())
                        .output()
                        .lines())
                .anyMatch(line -> line.matches("security.protocol +=  *SASL_SSL +# command line"))
                .anyMatch(line -> line.matches("bootstrap.servers +=  *a:1 +# file .*"));
    }

    @Test
    void secretsAreHidden() {
        EffectiveSettings settings = new EffectiveSettings();
        settings.add(
                "file",
                Map.of(
                        "kinolift.http.token",
                        "open",
                        "ssl.keystore.password",
                        "open",
                        "sasl.jaas.config",
                        "open",
                        "ssl.keystore.key",
                        "open",
                        "kinolift.registry.password",
                        "open",
                        "kinolift.tracing.headers",
                        "login=open"));
        settings.add("file", Map.of("schema.registry.basic.auth.user.info", "user:open"));
        assertThat(settings.explain()).doesNotContain("open").contains("(hidden)");
    }

    @Test
    void aLoginInAUrl_isHidden() {
        EffectiveSettings settings = new EffectiveSettings();
        settings.add("file", Map.of("kinolift.registry.url", "https://user:open@registry:8080/apis"));
        assertThat(settings.explain()).contains("https://(hidden)@registry:8080/apis");
    }

    @Test
    void secretsOnTheCommandLine_getAdvice_andReferencesNone() {
        assertThat(EffectiveSettings.advice(
                        Map.of("kinolift.http.token", "open", "ssl.key.password", "open", "kinolift.window.size", "3")))
                .contains("other users of this machine can read secrets of the command line (--set"
                        + " kinolift.http.token, ssl.key.password): give them in --config FILE, or in the environment as"
                        + " KINOLIFT_HTTP_TOKEN, KINOLIFT_KAFKA_SSL_KEY_PASSWORD");
        assertThat(EffectiveSettings.advice(
                        Map.of("kinolift.http.token", "${file:/run/secrets/kinolift:token}", "kinolift.quality", "3")))
                .isEmpty();
    }

    @Test
    void referencesToFilesAndVariables_areFilledIn_inOursAndInKafkas(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("secrets"), "token=from-file\n");
        EffectiveSettings settings = new EffectiveSettings();
        settings.add(
                "file",
                Map.of(
                        "config.providers",
                        "file,env",
                        "config.providers.file.class",
                        FileConfigProvider.class.getName(),
                        "config.providers.env.class",
                        EnvVarConfigProvider.class.getName(),
                        "kinolift.http.token",
                        "${file:" + file + ":token}",
                        "kinolift.registry.user",
                        "${env:PATH}",
                        "bootstrap.servers",
                        "127.0.0.1:9",
                        "ssl.key.password",
                        "${file:" + file + ":token}"));
        KinoliftConfig config = new KinoliftConfig(settings.ours());
        assertThat(config.get(MonitoringSettings.HTTP_TOKEN).value()).isEqualTo("from-file");
        assertThat(config.get(SchemaRegistrySettings.REGISTRY_USER)).isEqualTo(System.getenv("PATH"));
        assertThat(new AdminClientConfig(settings.kafkas())
                        .getPassword("ssl.key.password")
                        .value())
                .isEqualTo("from-file");
        assertThat(settings.explain()).doesNotContain("from-file");
    }

    @Test
    void anUnknownSetting_isRefusedWithTheNearestKnown() {
        EffectiveSettings settings = new EffectiveSettings();
        settings.addEnvironment(Map.of("KINOLIFT_WINDOWS_SIZE", "4"));
        assertThatThrownBy(settings::ours)
                .isInstanceOf(UsageException.class)
                .hasMessage("expected a setting that kinolift config lists, found kinolift.windows.size (environment "
                        + "KINOLIFT_WINDOWS_SIZE); did you mean kinolift.window.size?");
    }

    @Test
    void settingsOfGroups_comeFromEverywhere_andAreKnownByName() {
        EffectiveSettings settings = new EffectiveSettings();
        settings.add("file a.properties", Map.of("kinolift.streams.doors.scale.factor", "1,3,3"));
        settings.addEnvironment(Map.of("KINOLIFT_STREAMS", "doors", "KINOLIFT_STREAMS_DOORS_SCALE_FACTOR", "1,4,4"));
        settings.add("command line", Map.of("kinolift.streams.doors.match", "door-*"));
        assertThat(settings.ours()).hasSize(3).containsEntry("kinolift.streams.doors.scale.factor", "1,4,4");
        assertThat(settings.explain().lines())
                .anyMatch(
                        line -> line.matches("kinolift.streams.doors.scale.factor = 1,4,4 +# environment KINOLIFT_.*"))
                .anyMatch(line -> line.matches("kinolift.streams.doors.match +=  *door-\\* +# command line"));
        settings.add("file", Map.of("kinolift.streams.door.match", "*"));
        assertThatThrownBy(settings::ours)
                .hasMessageEndingWith(
                        "found kinolift.streams.door.match (file); did you mean kinolift.streams.doors.match?");
    }

    @Test
    void aWordFarFromAll_getsNoSuggestion() {
        EffectiveSettings settings = new EffectiveSettings();
        settings.add("file", Map.of("kinolift.something.entirely.different", "4"));
        assertThatThrownBy(settings::ours).hasMessageNotContaining("did you mean");
    }

    @Test
    void whatKubernetesAddsForAService_isNoSetting() {
        EffectiveSettings settings = new EffectiveSettings();
        settings.addEnvironment(Map.of(
                "KINOLIFT_SERVICE_HOST",
                "10.0.0.1",
                "KINOLIFT_PORT_8080_TCP",
                "tcp://10.0.0.1",
                "KINOLIFT_JAVA_OPTS",
                "-Xmx1g"));
        assertThat(settings.ours()).isEmpty();
    }

    @Test
    void distance_countsLetters() {
        assertThat(EffectiveSettings.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(EffectiveSettings.distance("", "abc")).isEqualTo(3);
        assertThat(EffectiveSettings.distance("abc", "abc")).isZero();
    }
}
