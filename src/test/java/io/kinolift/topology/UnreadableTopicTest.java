package io.kinolift.topology;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.kinolift.frame.Codec;
import io.kinolift.frame.PixelFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class UnreadableTopicTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(UnreadableTopic.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
    }

    @Test
    void imagesReadAsAvro_areSaidOnce_withTheSetting() {
        byte[] jpeg = ImageStreamTest.image(Codec.JPEG, PixelFormat.YUV420P, 32, 24, 1);
        assertThat(said(jpeg))
                .singleElement()
                .asString()
                .startsWith("none of the first 20 records of kinolift.frames can be read as avro")
                .contains("the values look like image: set kinolift.input.format=image");
    }

    @Test
    void jsonReadAsImages() {
        byte[] json = "{\"frame\":\"QUFB\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(said(json, "input.format", "image"))
                .singleElement()
                .asString()
                .contains("set kinolift.input.format=json");
    }

    @Test
    void oneGoodRecord_isEnoughForSilence() {
        try (TopologyFixture fixture = new TopologyFixture()) {
            fixture.send(TopologyFixture.frame("a", 0));
            send(fixture, new byte[] {1, 2, 3});
        }
        assertThat(lines.list).isEmpty();
    }

    private List<String> said(byte[] value, String... settings) {
        try (TopologyFixture fixture = new TopologyFixture(settings)) {
            send(fixture, value);
        }
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static void send(TopologyFixture fixture, byte[] value) {
        for (int i = 0; i < 100; i++) {
            fixture.sendRecord("a", value, new RecordHeaders(), i);
        }
    }
}
