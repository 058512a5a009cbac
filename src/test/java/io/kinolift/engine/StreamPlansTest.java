package io.kinolift.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.avro.VideoFrame;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.Plans;
import io.kinolift.topology.TopologyFixture;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Streams with settings of their own: each one's output is that of an application with these settings for all. */
class StreamPlansTest {
    private static final int FRAMES = 11;
    private static final String[] GROUPS = {
        "scale.factor", "2,2,2", "window.size", "4", "streams", "doors,rest",
        "streams.doors.match", "camera-?-door", "streams.doors.operator", "bicubic", "streams.doors.scale.factor",
                "1,3,3",
        "streams.rest.match", "*door", "streams.rest.operator", "conv-transpose3d", "streams.rest.temporal.grid",
                "source"
    };

    private static List<VideoFrame> alone(String stream, String... settings) {
        try (TopologyFixture fixture = new TopologyFixture(settings)) {
            fixture.send(stream, 0, FRAMES);
            fixture.end(stream, 0, FRAMES);
            return fixture.output();
        }
    }

    /** Windows of one size alone and of another here, and all in turns: nothing of one stream reaches the other. */
    @Test
    void everyStream_comesOutAsWithItsSettingsAlone() {
        List<String> streams = List.of("camera-7-door", "back-door", "yard");
        try (TopologyFixture fixture = new TopologyFixture(GROUPS)) {
            for (int sequence = 0; sequence < FRAMES; sequence++) {
                for (String stream : streams) {
                    fixture.send(TopologyFixture.frame(stream, sequence));
                }
            }
            streams.forEach(stream -> fixture.end(stream, 0, FRAMES));
            List<VideoFrame> output = fixture.output();
            assertThat(of(output, "camera-7-door"))
                    .isEqualTo(alone("camera-7-door", "operator", "bicubic", "scale.factor", "1,3,3"));
            assertThat(of(output, "back-door"))
                    .isEqualTo(alone("back-door", "operator", "conv-transpose3d", "temporal.grid", "source"));
            assertThat(of(output, "yard")).isEqualTo(alone("yard")).hasSize(2 * FRAMES + 1);
            assertThat(fixture.deadLetters()).isEmpty();
            fixture.accounts();
        }
    }

    private static List<VideoFrame> of(List<VideoFrame> output, String stream) {
        return output.stream()
                .filter(frame -> frame.getStreamId().equals(stream))
                .toList();
    }

    @Test
    void groupsThatComeToTheSame_shareOneOperator() {
        List<StreamPlan> plans = Plans.streams(new KinoliftConfig(Map.of(
                        "kinolift.streams",
                        "a,b,c",
                        "kinolift.streams.a.match",
                        "a*",
                        "kinolift.streams.a.scale.factor",
                        "1,2,2",
                        "kinolift.streams.b.match",
                        "b*",
                        "kinolift.streams.b.scale.factor",
                        "1,2,2",
                        "kinolift.streams.c.match",
                        "c*",
                        "kinolift.streams.c.scene.cut",
                        "off")))
                .all();
        assertThat(plans).hasSize(4);
        assertThat(plans.get(0)).isEqualTo(plans.get(1));
        assertThat(plans.get(0).operator())
                .isSameAs(plans.get(1).operator())
                .isNotSameAs(plans.get(2).operator());
        // Cuts are no part of an operator.
        assertThat(plans.get(2)).isNotEqualTo(plans.get(3));
        assertThat(plans.get(2).operator()).isSameAs(plans.get(3).operator());
    }

    @Test
    void aPattern_isForTheWholeId_andTakesAllElseAsItIs() {
        StreamPlan own = new StreamPlan(null, 0, null, "own", "");
        StreamPlan common = new StreamPlan(null, 0, null, "common", "");
        StreamPlans plans = new StreamPlans(List.of(StreamPlans.Group.of("a.b/*\\?", own)), common);
        for (String id : List.of("a.b/\\x", "a.b/c\nd\\x", "a.b/\\E\\x")) {
            assertThat(plans.of(id)).as(id).isSameAs(own);
        }
        for (String id : List.of("", "aXb/\\x", "a.b/\\", "xa.b/\\x", "a.b/\\xyz")) {
            assertThat(plans.of(id)).as(id).isSameAs(common);
        }
    }
}
