package io.kinolift.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.video.Deinterlace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file of sources says what the options say. */
class SourcesFileTest {
    @TempDir
    private Path folder;

    private List<SourceEntry> read(String yaml) throws Exception {
        return SourcesFile.read(Files.writeString(folder.resolve("cameras.yaml"), yaml), "kinolift.frames");
    }

    @Test
    void everyOption_canBeGiven_andWinsOverTheDefaults() throws Exception {
        List<SourceEntry> entries = read("""
                defaults:
                  reconnect: forever
                  audio: off
                sources:
                  - stream: camera-7
                    source: rtsp://127.0.0.1/live
                    transport: udp
                    reconnect: 30
                    input-option: {buffer_size: 65536, user_agent: kinolift}
                  - stream: "8"
                    source: rtsp://127.0.0.1/other
                    realtime: true
                    audio: copy
                    audio-tracks: [0, 2]
                    start: "00:00:01"
                    session: 17
                    partition: 3
                """);
        IngestOptions first = entries.getFirst().options();
        assertThat(first.streamId).isEqualTo("camera-7");
        assertThat(first.playback.playback().patience()).hasSeconds(30);
        assertThat(first.sound.isWanted()).isFalse();
        assertThat(first.source.source("rtsp://127.0.0.1/live").options())
                .containsEntry("rtsp_transport", "udp")
                .containsEntry("buffer_size", "65536")
                .containsEntry("user_agent", "kinolift");
        IngestOptions second = entries.get(1).options();
        assertThat(second.streamId).isEqualTo("8");
        assertThat(second.session).isEqualTo(17);
        assertThat(second.partition).isEqualTo(3);
        assertThat(second.playback.playback().realTime()).isTrue();
        assertThat(second.playback.playback().start()).hasSeconds(1);
        assertThat(second.sound.isAsked()).isTrue();
        assertThat(second.sound.choice().tracks()).containsExactlyInAnyOrder(0, 2);
    }

    @Test
    void wordsThatLookLikeTruth_areWords() throws Exception {
        List<SourceEntry> entries = read("""
                sources:
                  - {stream: no, source: rtsp://127.0.0.1/live, deinterlace: off, reconnect: off, audio: off}
                """);
        IngestOptions options = entries.getFirst().options();
        assertThat(options.streamId).isEqualTo("no");
        assertThat(options.source.source("rtsp://127.0.0.1/live").deinterlace()).isEqualTo(Deinterlace.OFF);
        assertThat(options.playback.playback().patience()).isZero();
        assertThat(options.sound.isWanted()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    sources: []                                                         | expected a list of sources, found an empty one
                    cameras: []                                                         | expected defaults and sources, found "cameras"
                    sources: [                                                          | expected YAML, found
                    sources: [{source: a.mp4}]                                          | entry 1: expected --stream ID, found none
                    sources: [{stream: a}]                                              | entry 1 (a): expected a source, found none
                    sources: [{stream: a, source: a.mp4}, {stream: a, source: b.mp4}]   | entry 2 (a): expected a stream of its own
                    sources: [{stream: a, source: a.mp4, lop: 3}]                       | entry 1 (a): expected a key that is source or an option of ingest, found "lop"; did you mean "loop"
                    sources: [{stream: a, Source: a.mp4}]                               | found "Source"; did you mean "source"
                    sources: [{stream: a, source: a.mp4, realtime: yes}]                | expected true or false for realtime, found "yes"
                    sources: [{stream: a, source: a.mp4, loop: x}]                      | entry 1 (a): expected a number of passes or forever for --loop
                    sources: [{stream: a, source: a.mp4, transport: udp}]               | expected an address that begins with rtsp://
                    sources: [{stream: a, source: a.mp4, quality: 99}]                  | entry 1 (a):
                    sources: [{stream: a, source: a.mp4}, {stream: a, source: b.mp4, topic: kinolift.frames}] | entry 2 (a): expected a stream of its own
                    {defaults: [realtime], sources: [{stream: a, source: a.mp4}]}       | expected keys below defaults
                    sources: [a.mp4]                                                    | entry 1: expected keys such as stream and source
                    sources: [{stream: a, stream: b, source: a.mp4}]                    | expected YAML, found: Duplicate field
                    """)
    void whatIsWrong_isNamedWithItsPlace(String yaml, String said) {
        assertThatThrownBy(() -> read(yaml))
                .hasMessageContaining("cameras.yaml")
                .hasMessageContaining(said);
    }
}
