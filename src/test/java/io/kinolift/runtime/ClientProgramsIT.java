package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.Footage;
import io.kinolift.codec.EncoderSettings;
import io.kinolift.codec.FrameCodecs;
import io.kinolift.codec.FrameEncoder;
import io.kinolift.codec.image.ImageHeader;
import io.kinolift.ffmpeg.TestPictures;
import io.kinolift.frame.Codec;
import io.kinolift.frame.Picture;
import io.kinolift.frame.PixelFormat;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.settings.KinoliftConfig;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Programs in Python, JavaScript and C send pictures and read larger ones, through an application for each format. */
@EnabledIfEnvironmentVariable(named = Footage.VARIABLE, matches = ".*")
class ClientProgramsIT {
    private static final int FRAMES = 12;

    @TempDir
    private static Path folder;

    private static final List<KinoliftStreams> APPLICATIONS = new ArrayList<>();
    private static EmbeddedBroker broker;
    private static String server;
    private static KinoliftStreams images;
    private static KinoliftStreams frames;
    private static KinoliftStreams json;
    private static ClientPrograms programs;

    @BeforeAll
    static void startApplications() throws Exception {
        broker = EmbeddedBroker.start(BrokerSettings.defaults());
        server = broker.bootstrapServers();
        programs = new ClientPrograms(folder);
        createTopics("images", "json", "cam-1", "cam-2", "cam-3");
        images = start("for-images", "image", "images", "2,2,2");
        frames = start("for-frames", "avro", "kinolift.frames", "2,2,2");
        // Its producer ends no stream, so with a factor in time the last frames would wait for others.
        json = start("for-json", "json", "json", "1,2,2");
        var _ = start("for-cameras", "image", "cam-*", "1,2,2");
    }

    @AfterAll
    static void closeAll() {
        APPLICATIONS.forEach(KinoliftStreams::close);
        broker.close();
    }

    private static void createTopics(String... names) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", server))) {
            admin.createTopics(Arrays.stream(names)
                            .map(name -> new NewTopic(name, Optional.of(1), Optional.empty())
                                    .configs(Map.of("max.message.bytes", Integer.toString(ChaosTopics.MAX_BYTES))))
                            .toList())
                    .all()
                    .get();
        }
    }

    private static KinoliftStreams start(String name, String format, String topic, String factor) {
        ChaosTopics topics = new ChaosTopics(Map.of("bootstrap.servers", server), name, 1, (short) 1).create();
        Map<String, String> settings = new HashMap<>(topics.ours());
        settings.putAll(Map.of(
                "kinolift.frames.topic", topic,
                "kinolift.input.format", format,
                "kinolift.output.format", format,
                "kinolift.frame.codec", "auto",
                "kinolift.scale.factor", factor));
        Map<String, String> kafka =
                Map.of("bootstrap.servers", server, "application.id", name, "commit.interval.ms", "100");
        KinoliftStreams application =
                new KinoliftStreams(new KinoliftConfig(settings), kafka, folder.resolve(name + "-state"));
        APPLICATIONS.add(application);
        application.start();
        return application;
    }

    @Test
    void pythonSendsAndSavesImages() throws Exception {
        programs.requirePython("confluent_kafka", "cv2");
        assertThat(programs.python(null, "send_images.py", clip(), "--bootstrap-server", server, "--frames", "12"))
                .contains("12 pictures sent to images, stream camera-1, then the end");
        Path saved = folder.resolve("python-images");
        assertThat(programs.python(
                        images,
                        "show_images.py",
                        "for-images-upscaled",
                        "--bootstrap-server",
                        server,
                        "--stream",
                        "camera-1",
                        "--save",
                        saved.toString()))
                .contains("stream camera-1 ended after 24 images");
        assertPictures(saved, 2 * FRAMES);
    }

    @Test
    void javaScriptSendsAndSavesImages() throws Exception {
        programs.requireJavaScript();
        assertThat(programs.javaScript(
                        null,
                        "send_images.mjs",
                        clip(),
                        "--bootstrap-server",
                        server,
                        "--stream",
                        "camera/2",
                        "--frames",
                        "12"))
                .contains("12 images sent to images, stream camera/2, then the end");
        Path saved = folder.resolve("javascript-images");
        assertThat(programs.javaScript(
                        images,
                        "save_images.mjs",
                        "for-images-upscaled",
                        "--bootstrap-server",
                        server,
                        "--stream",
                        "camera/2",
                        "--dir",
                        saved.toString()))
                .contains("stream camera/2 ended after 24 images");
        assertPictures(saved, 2 * FRAMES);
    }

    @Test
    void pythonSendsAndSavesFrames() throws Exception {
        programs.requirePython("confluent_kafka", "cv2", "avro");
        sendFrames("python", programs.python(null, "send_frames.py", senderOfFrames("python")));
        saveFrames("python", "from-python", programs::python, "save_frames.py");
    }

    @Test
    void javaScriptSendsAndSavesFrames() throws Exception {
        programs.requireJavaScript();
        sendFrames("javascript", programs.javaScript(null, "send_frames.mjs", senderOfFrames("javascript")));
        saveFrames("javascript", "from-javascript", programs::javaScript, "save_frames.mjs");
    }

    @Test
    void eachLanguageReadsWhatTheOtherSends() throws Exception {
        programs.requirePython("confluent_kafka", "cv2", "avro");
        programs.requireJavaScript();
        sendFrames("mixed-1", programs.python(null, "send_frames.py", senderOfFrames("mixed-1")));
        saveFrames("mixed-1", "by-javascript", programs::javaScript, "save_frames.mjs");
        sendFrames("mixed-2", programs.javaScript(null, "send_frames.mjs", senderOfFrames("mixed-2")));
        saveFrames("mixed-2", "by-python", programs::python, "save_frames.py");
    }

    private static String[] senderOfFrames(String stream) {
        return new String[] {clip(), "--bootstrap-server", server, "--stream", stream, "--frames", "12"};
    }

    private static void sendFrames(String stream, String printed) {
        assertThat(printed).contains("12 frames sent to kinolift.frames, stream " + stream);
    }

    /** A way to start programs. */
    private interface Language {
        String run(KinoliftStreams maker, String program, String... arguments) throws Exception;
    }

    private static void saveFrames(String stream, String name, Language language, String program) throws Exception {
        Path saved = folder.resolve(name);
        List<String> arguments = new ArrayList<>(
                List.of("--bootstrap-server", server, "--topic", "for-frames-upscaled", "--stream", stream));
        if (program.endsWith(".mjs")) {
            arguments.add("--dir");
        }
        arguments.add(saved.toString());
        assertThat(language.run(frames, program, arguments.toArray(String[]::new)))
                .contains("24 frames of stream " + stream)
                .containsPattern("'?received'?: 12n?,");
        assertPictures(saved, 2 * FRAMES);
    }

    /** Records without a key are the stream of their partition, and have its end. */
    @Test
    void kcatSendsFiles_withAKeyAndWithout() throws Exception {
        programs.requireKcat();
        Kcat kcat = new Kcat(programs, server);
        List<String> files = jpegs("kcat");
        kcat.send("images", files, "-k", "gate");
        kcat.send("images", files);
        kcat.end("images", "gate|\n|\n");
        List<String> lines = kcat.awaitEnds("for-images-upscaled", "gate", "images-0");
        assertThat(lines)
                .filteredOn(line -> line.contains("stream=gate,"))
                .hasSize(2 * FRAMES + 1)
                .allSatisfy(line -> assertThat(line).startsWith("gate "));
        assertThat(lines)
                .filteredOn(line -> line.contains("stream=images-0,"))
                .hasSize(2 * FRAMES + 1)
                .allSatisfy(line -> assertThat(line).startsWith(" "));
        String first = lines.stream()
                .filter(line -> line.startsWith("gate "))
                .findFirst()
                .orElseThrow();
        assertThat(first).contains("kinolift.width=640,kinolift.height=480,kinolift.codec=jpeg");
    }

    @Test
    void kafkaPythonSendsJsonWithoutKeys() throws Exception {
        programs.requirePython("kafka");
        Path saved = Files.createDirectory(folder.resolve("json-pictures"));
        List<String> arguments = new ArrayList<>(List.of(server, "json", "for-json-upscaled", saved.toString()));
        arguments.addAll(jpegs("json"));
        String program = Path.of("src/test/resources/clients/json_frames.py")
                .toAbsolutePath()
                .toString();
        assertThat(programs.python(json, program, arguments.toArray(String[]::new))
                        .lines())
                .hasSize(FRAMES)
                .allMatch("None json-0 ['timestamp'] float"::equals);
        assertPictures(saved, FRAMES);
    }

    @Test
    void theSameKeyOnThreeTopicsOfAPattern_isThreeStreams() throws Exception {
        programs.requireKcat();
        Kcat kcat = new Kcat(programs, server);
        List<String> files = jpegs("cameras");
        for (String topic : List.of("cam-1", "cam-2", "cam-3")) {
            kcat.send(topic, files, "-k", "camera");
            kcat.end(topic, "camera|\n");
        }
        List<String> lines = kcat.awaitEnds("for-cameras-upscaled", "cam-1/camera", "cam-2/camera", "cam-3/camera");
        assertThat(lines).hasSize(3 * (FRAMES + 1)).allMatch(line -> line.startsWith("camera "));
        assertThat(lines)
                .filteredOn(line -> line.contains("kinolift.end=true"))
                .hasSize(3)
                .allMatch(line -> line.contains("received=12,kinolift.upscaled=12,"));
    }

    private static String clip() {
        return Footage.clip("plant_240p.mp4").toString();
    }

    private static List<String> jpegs(String name) throws Exception {
        Path files = Files.createDirectory(folder.resolve(name));
        List<String> names = new ArrayList<>();
        try (FrameEncoder encoder = FrameCodecs.encoder(
                TestPictures.format(Codec.JPEG, PixelFormat.YUV420P, 320, 240), EncoderSettings.DEFAULT)) {
            for (int i = 0; i < FRAMES; i++) {
                try (Picture picture = TestPictures.ramp(PixelFormat.YUV420P, 320, 240, i)) {
                    Path file = files.resolve("%03d.jpg".formatted(i));
                    names.add(Files.write(file, encoder.encode(picture)).toString());
                }
            }
        }
        return names;
    }

    private static void assertPictures(Path saved, int count) throws Exception {
        List<Path> files = ClientPrograms.files(saved);
        assertThat(files).hasSize(count);
        for (Path file : files) {
            assertThat(ImageHeader.read(ByteBuffer.wrap(Files.readAllBytes(file))))
                    .as(file.toString())
                    .hasToString("JPEG YUV420P 640x480");
        }
    }
}
