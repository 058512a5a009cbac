package io.kinolift.live;

import io.kinolift.frame.Codec;
import io.kinolift.frame.Colour;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.PixelFormat;
import io.kinolift.frame.Rational;
import io.kinolift.transfer.Clients;
import io.kinolift.wire.FrameRecords;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Streams of small moving pictures; the last one sends a frame now and then that is no picture. */
final class Cameras implements AutoCloseable {
    static final int WIDTH = 320;
    static final int HEIGHT = 180;
    private static final int USUAL_RATE = 10;
    private static final int BROKEN_EVERY = 8;

    private final List<String> streams;
    private final Producer<byte[], byte[]> producer;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Set<String> ended = new HashSet<>();
    private final int perSecond;
    private final AtomicLong ticks = new AtomicLong();
    private volatile boolean paused;

    /** Ten pictures a second. */
    Cameras(String bootstrapServers, String... streams) {
        this(bootstrapServers, USUAL_RATE, List.of(streams));
    }

    Cameras(String bootstrapServers, int perSecond, List<String> streams) {
        this.streams = List.copyOf(streams);
        this.perSecond = perSecond;
        this.producer = Clients.producer(Map.of("bootstrap.servers", bootstrapServers), 1 << 20);
        var _ = clock.scheduleAtFixedRate(this::tick, 0, 1000 / perSecond, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        if (paused) {
            return;
        }
        long sequence = ticks.get();
        for (String stream : streams) {
            if (ended.contains(stream)) {
                continue;
            }
            boolean broken = stream.equals(streams.getLast()) && sequence % BROKEN_EVERY == BROKEN_EVERY - 1;
            byte[] payload = broken ? "not a picture".getBytes(StandardCharsets.UTF_8) : jpeg(stream, sequence);
            EncodedFrame frame = new EncodedFrame(
                    stream,
                    0,
                    sequence,
                    sequence,
                    1,
                    Rational.of(1, perSecond),
                    new FrameFormat(Codec.JPEG, PixelFormat.YUV420P, WIDTH, HEIGHT, Rational.ONE, Colour.UNSPECIFIED),
                    true,
                    false,
                    System.currentTimeMillis() * 1000,
                    payload);
            var _ = producer.send(new ProducerRecord<>(
                    "kinolift.frames", stream.getBytes(StandardCharsets.UTF_8), FrameRecords.write(frame)));
        }
        ticks.incrementAndGet();
    }

    /** Where the pictures are now, on their clock. */
    double seconds() {
        return (double) ticks.get() / perSecond;
    }

    /** Sends nothing until {@link #resume}. */
    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
    }

    /** Sends the end of a stream, and nothing more of it. */
    void end(String stream) {
        clock.execute(() -> {
            ended.add(stream);
            var _ = producer.send(new ProducerRecord<>(
                    "kinolift.frames",
                    stream.getBytes(StandardCharsets.UTF_8),
                    FrameRecords.writeEnd(stream, 0, ticks.get(), null)));
        });
    }

    private static byte[] jpeg(String stream, long sequence) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        float hue = Math.floorMod(stream.hashCode(), 100) / 100f;
        graphics.setPaint(new GradientPaint(
                0, 0, Color.getHSBColor(hue, 0.5f, 0.25f), WIDTH, HEIGHT, Color.getHSBColor(hue, 0.5f, 0.8f)));
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        graphics.setColor(Color.WHITE);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 16));
        graphics.drawString(stream + " " + sequence, 14, 28);
        graphics.setStroke(new BasicStroke(1.5f));
        graphics.translate(210, 96);
        graphics.rotate(sequence * 0.05);
        for (int spoke = 0; spoke < 24; spoke++) {
            graphics.rotate(Math.PI / 12);
            graphics.drawLine(10, 0, 70, 0);
        }
        graphics.dispose();
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            ImageIO.write(image, "jpeg", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        clock.shutdown();
        producer.close();
    }
}
