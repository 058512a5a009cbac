package io.kinolift.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.Footage;
import io.kinolift.runtime.KinoliftStreams;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.runtime.topics.Topics;
import io.kinolift.settings.KinoliftConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The programs of the guide, run as it says: from their source, one process each. */
@EnabledIfEnvironmentVariable(named = Footage.VARIABLE, matches = ".*")
class ClientExamplesIT {
    private static final Path PROGRAMS = Path.of("src/doc/clients/java");
    private static final int FRAMES = 36;

    @TempDir
    private Path folder;

    @Test
    void aFileIsSent_upscaledAndSaved() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults())) {
            String servers = broker.bootstrapServers();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
                new Topics(
                                "kinolift.frames",
                                "kinolift.upscaled",
                                "kinolift.dead-letters",
                                "kinolift.accounts",
                                1,
                                (short) 1,
                                16 << 20,
                                64 << 20,
                                -1)
                        .create(admin);
            }
            KinoliftConfig config = new KinoliftConfig(Map.of());
            Map<String, String> kafka = Map.of("bootstrap.servers", servers, "application.id", "examples");
            try (KinoliftStreams streams = new KinoliftStreams(config, kafka, folder.resolve("state"))) {
                streams.start();
                String clip = Footage.clip("plant_240p.mp4").toString();
                assertThat(run("SendVideo.java", servers, "plant", clip)).contains(FRAMES + " frames of 320x240 sent");
                Path saved = folder.resolve("out.mp4");
                assertThat(run("SaveVideo.java", servers, "plant", saved.toString()))
                        .contains(2 * FRAMES + " frames of 640x480 saved")
                        .contains("kinolift counted 36 of 36 frames upscaled");
                assertPlays(saved);
            }
        }
    }

    private static void assertPlays(Path saved) throws Exception {
        try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(saved.toFile())) {
            grabber.start();
            assertThat(grabber.getImageWidth()).isEqualTo(640);
            assertThat(grabber.getImageHeight()).isEqualTo(480);
            int frames = 0;
            while (grabber.grabImage() != null) {
                frames++;
            }
            assertThat(frames).isEqualTo(2 * FRAMES);
        }
    }

    private String run(String program, String... arguments) throws Exception {
        Path log = folder.resolve(program + ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx400m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                PROGRAMS.resolve(program).toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(3, TimeUnit.MINUTES);
        process.destroyForcibly();
        String output = Files.readString(log);
        assertThat(ended).as(output).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
