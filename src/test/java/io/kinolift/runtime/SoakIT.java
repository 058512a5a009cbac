package io.kinolift.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kinolift.Distribution;
import io.kinolift.TestFrames;
import io.kinolift.frame.Codec;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.PixelFormat;
import io.kinolift.runtime.broker.BrokerSettings;
import io.kinolift.runtime.broker.EmbeddedBroker;
import io.kinolift.transfer.Clients;
import io.kinolift.video.CodedClips;
import io.kinolift.wire.FrameRecords;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Streams open, pause, close and are forgotten for a long time, and the application takes no more resources. Resident
 * memory, stores and open files are drawn in {@code target/soak}. {@code -Dkinolift.soak.frames=500000} is the full
 * form; it sends no more after {@code -Dkinolift.soak.minutes=60}.
 */
@Tag("endurance")
class SoakIT {
    private static final int LONG_FORM = 100_000;

    private static final int FRAMES = Integer.getInteger("kinolift.soak.frames", 10_000);
    private static final Duration TIME = Duration.ofMinutes(Integer.getInteger("kinolift.soak.minutes", 60));
    private static final int PARTITIONS = 2;
    private static final int OPEN_STREAMS = 24;
    private static final int LONGEST_STREAM = 200;
    /** So many times as long takes an inter-coded frame. */
    private static final int CODED_COST = 4;
    /** Frames that may be on their way: few, so that streams pause by the clock too. */
    private static final int AHEAD = 2_000;

    /** Only these can be watched. */
    private static final int MEASURED_STREAMS = 40;

    /** Headers and segments: the application is some seconds behind, and many streams are over when playing could begin. */
    private static final int LEAST_WATCHED = 20;

    private static final int SAMPLES = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** All of the heap is taken at once, so that it cannot grow. */
    private static final String HEAP = "-Xms384m -Xmx384m -XX:+AlwaysPreTouch";

    private static final String WINDOWS = "windows";
    private static final Path RESULTS = Path.of("target/soak");

    @TempDir
    private Path folder;

    private final Random random = new Random(8);
    private final List<SoakStream> open = new ArrayList<>();
    private final List<Footprint> footprints = new ArrayList<>();
    private Material material;
    /** Null without. */
    private SoakSound sound;

    private SoakWatcher watcher;
    private int frames;
    private int streams;
    private int sent;
    private long timedSamples;

    /** What streams are made of. */
    private interface Material {
        EncodedFrame frame(String stream, int sequence);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void streamsComeAndGo_andNothingGrows() throws Exception {
        material = jpegs();
        frames = FRAMES;
        runAndCompare("jpeg");
    }

    /**
     * Each stream has a decoder and an encoder of its own, kept from one window to the next, and sound; somebody watches one
     * after another.
     */
    @Test
    @EnabledOnOs(OS.LINUX)
    void interCodedStreamsComeAndGo_andNothingGrows() throws Exception {
        assumeTrue(FRAMES >= LONG_FORM, "decoders and encoders of all streams are kept after some minutes only");
        List<EncodedFrame> clip =
                CodedClips.frames(CodedClips.make(folder, CodedClips.Kind.H264_PLAIN, LONGEST_STREAM), "clip");
        material = (stream, sequence) -> clip.get(sequence).withStreamId(stream);
        frames = FRAMES / CODED_COST;
        runAndCompare("h264");
    }

    private void runAndCompare(String codec) throws Exception {
        try (EmbeddedBroker broker =
                EmbeddedBroker.start(BrokerSettings.defaults().withParentFolder(folder))) {
            Map<String, String> clients = Map.of("bootstrap.servers", broker.bootstrapServers());
            ChaosTopics topics = new ChaosTopics(clients, "soak", PARTITIONS, (short) 1).create();
            try (Instance instance = new Instance(
                            topics,
                            folder,
                            "one",
                            Map.of(Distribution.OPTIONS, HEAP),
                            "kinolift.frame.codec=" + codec,
                            "kinolift.max.frame.bytes=1000000",
                            "kinolift.idle.timeout.ms=100",
                            "kinolift.stream.retention.ms=1000",
                            "kinolift.watch.idle.ms=1000",
                            "kinolift.metrics.max.streams=" + MEASURED_STREAMS);
                    Producer<byte[], byte[]> producer = Clients.producer(clients, ChaosTopics.MAX_BYTES);
                    SoakOutput output = new SoakOutput(clients, topics.names().upscaled(), PARTITIONS)) {
                boolean isWatched = codec.equals("h264");
                sound = isWatched ? new SoakSound(clients, PARTITIONS, producer) : null;
                instance.start();
                try (SoakWatcher opened = isWatched ? new SoakWatcher(instance.http()) : null) {
                    watcher = opened;
                    run(producer, output, instance);
                    if (isWatched) {
                        assertThat(opened.files()).as("files watched").isGreaterThan(LEAST_WATCHED);
                    }
                }
                assertThat(output.problems()).isEmpty();
                assertThat(output.ended()).isEqualTo(streams);
                assertThat(output.frames()).isEqualTo(2L * sent);
                instance.requireAlive();
                instance.stop();
            }
            assertThat(topics.audit().problems()).isEmpty();
            assertThat(Changelog.rows(clients, Changelog.topic("soak", WINDOWS)).keySet().stream()
                            .filter(key -> key.get()[0] == 'f')
                            .count())
                    .as("rows of frames that nothing waits for")
                    .isZero();
        }
        report(codec);
    }

    private void run(Producer<byte[], byte[]> producer, SoakOutput output, Instance instance) throws Exception {
        long start = System.nanoTime();
        long lastNanos = start;
        boolean closing = false;
        while (output.ended() < streams || !closing) {
            while (!closing && sent - output.frames() / 2 < AHEAD) {
                send(producer);
                sent++;
                closing = sent == frames || System.nanoTime() - start > TIME.toNanos();
                if (closing) {
                    open.forEach(stream -> end(producer, stream));
                }
            }
            long before = output.frames();
            output.poll();
            if (output.frames() > 0 && isSampleDue(before / 2, output.frames() / 2, start)) {
                footprints.add(Footprint.of(instance.pid(), instance.state(), output.frames() / 2));
            }
            instance.requireAlive();
            lastNanos = output.frames() > before ? System.nanoTime() : lastNanos;
            assertThat(System.nanoTime() - lastNanos)
                    .as("nanoseconds without output, %d frames sent", sent)
                    .isLessThan(PATIENCE.toNanos());
        }
    }

    /** After a number of frames or a time, whichever is first. */
    private boolean isSampleDue(long before, long done, long start) {
        int step = Math.max(1, frames / SAMPLES);
        long timed = (System.nanoTime() - start) * SAMPLES / TIME.toNanos();
        boolean due = done / step > before / step || timed > timedSamples;
        timedSamples = timed;
        return due;
    }

    /** The next frame of one of the open streams; the early ones are asked more often, so the others pause. */
    private void send(Producer<byte[], byte[]> producer) {
        while (open.size() < OPEN_STREAMS) {
            open.add(new SoakStream("soak-" + streams++, 1 + random.nextInt(LONGEST_STREAM)));
        }
        int at = Math.min(random.nextInt(OPEN_STREAMS), random.nextInt(OPEN_STREAMS));
        SoakStream stream = open.get(at);
        ChaosTopics.send(producer, material.frame(stream.id(), stream.sent()));
        if (sound != null) {
            sound.send(stream.id(), stream.sent());
            if (stream.sent() == 0) {
                watcher.point(stream.id());
            }
        }
        if (stream.sendOne()) {
            end(producer, stream);
            open.remove(at);
        }
    }

    private void end(Producer<byte[], byte[]> producer, SoakStream stream) {
        if (sound != null) {
            sound.end(stream.id());
        }
        ChaosTopics.end(producer, stream.id(), stream.sent());
    }

    private Material jpegs() {
        List<EncodedFrame> models = IntStream.range(0, 16)
                .mapToObj(i -> TestFrames.of("model", i, Codec.JPEG, PixelFormat.YUV420P, 48, 32))
                .toList();
        assertThat(FrameRecords.write(models.getFirst())).hasSizeLessThan(10_000);
        return (stream, sequence) -> {
            EncodedFrame model = models.get(random.nextInt(models.size()));
            return TestFrames.withPayload(stream, sequence, model.format(), model.payloadBytes());
        };
    }

    /** The second half against the first, without the time that the JVM and the stores take to warm up. */
    private void report(String codec) throws Exception {
        Files.createDirectories(RESULTS);
        SoakPlot.write(
                footprints,
                sent + " frames of " + codec + " in " + streams + " streams",
                RESULTS.resolve("soak-" + codec + ".png"));
        Files.write(
                RESULTS.resolve("soak-" + codec + ".csv"),
                footprints.stream().map(Footprint::csv).toList());
        boolean isFull = sent >= LONG_FORM;
        // Stores keep their newest rows in memory until there are some megabytes, which takes half of the full form.
        int warm = footprints.size() / (isFull ? 2 : 4);
        int half = (warm + footprints.size()) / 2;
        Footprint first = Footprint.most(footprints.subList(warm, half));
        Footprint second = Footprint.most(footprints.subList(half, footprints.size()));
        System.out.printf(
                "%d frames of %s, %d streams; most in the first half: %s, in the second: %s%n",
                sent, codec, streams, first, second);
        assertThat(second.residentBytes())
                .as("resident bytes")
                .isLessThan(first.residentBytes() + ((isFull ? 32L : 96L) << 20));
        assertThat(second.storeBytes()).as("bytes of the stores").isLessThan(first.storeBytes() * 5 / 4 + (8L << 20));
        assertThat(second.openFiles()).as("open files").isLessThan(first.openFiles() + 16);
    }
}
