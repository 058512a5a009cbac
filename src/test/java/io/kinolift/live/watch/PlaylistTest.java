package io.kinolift.live.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlaylistTest {
    private static Segment segment(long number, long run, int parts) {
        List<Part> made = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            made.add(new Part(new byte[10], 0.25, i == 0));
        }
        return new Segment(number, run, 1_000 * number, made);
    }

    @Test
    void aLivePlaylist_hasPartsNearItsEnd_andAHint() {
        Playlist playlist = new Playlist(
                List.of(segment(7, 2, 4), segment(8, 2, 4), segment(9, 2, 4), segment(10, 3, 4), segment(11, 3, 2)),
                0.25,
                1,
                0.9,
                false);
        assertThat(playlist.text()).isEqualTo("""
                #EXTM3U
                #EXT-X-VERSION:9
                #EXT-X-TARGETDURATION:1
                #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=0.90000,HOLD-BACK=3.00000
                #EXT-X-PART-INF:PART-TARGET=0.25000
                #EXT-X-MEDIA-SEQUENCE:7
                #EXT-X-DISCONTINUITY-SEQUENCE:2
                #EXT-X-INDEPENDENT-SEGMENTS
                #EXT-X-MAP:URI="init-2.mp4"
                #EXT-X-PROGRAM-DATE-TIME:1970-01-01T00:00:07Z
                #EXTINF:1.00000,
                7.m4s
                #EXT-X-PROGRAM-DATE-TIME:1970-01-01T00:00:08Z
                #EXTINF:1.00000,
                8.m4s
                #EXT-X-PROGRAM-DATE-TIME:1970-01-01T00:00:09Z
                #EXT-X-PART:DURATION=0.25000,URI="9-0.m4s",INDEPENDENT=YES
                #EXT-X-PART:DURATION=0.25000,URI="9-1.m4s"
                #EXT-X-PART:DURATION=0.25000,URI="9-2.m4s"
                #EXT-X-PART:DURATION=0.25000,URI="9-3.m4s"
                #EXTINF:1.00000,
                9.m4s
                #EXT-X-DISCONTINUITY
                #EXT-X-MAP:URI="init-3.mp4"
                #EXT-X-PROGRAM-DATE-TIME:1970-01-01T00:00:10Z
                #EXT-X-PART:DURATION=0.25000,URI="10-0.m4s",INDEPENDENT=YES
                #EXT-X-PART:DURATION=0.25000,URI="10-1.m4s"
                #EXT-X-PART:DURATION=0.25000,URI="10-2.m4s"
                #EXT-X-PART:DURATION=0.25000,URI="10-3.m4s"
                #EXTINF:1.00000,
                10.m4s
                #EXT-X-PROGRAM-DATE-TIME:1970-01-01T00:00:11Z
                #EXT-X-PART:DURATION=0.25000,URI="11-0.m4s",INDEPENDENT=YES
                #EXT-X-PART:DURATION=0.25000,URI="11-1.m4s"
                #EXT-X-PRELOAD-HINT:TYPE=PART,URI="11-2.m4s"
                """);
    }

    @Test
    void aSegmentWithoutParts_isOnlyHinted() {
        String text = new Playlist(List.of(segment(1, 0, 4), segment(2, 1, 0)), 0.25, 1, 0, false).text();
        assertThat(text).endsWith("1.m4s\n#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"2-0.m4s\"\n");
        assertThat(text).doesNotContain("init-1");
    }

    @Test
    void anEndedPlaylist_saysSo_andItsLastSegmentIsWhole() {
        String text = new Playlist(List.of(segment(1, 0, 4), segment(2, 0, 1)), 0.25, 1, 0, true).text();
        assertThat(text).endsWith("#EXTINF:0.25000,\n2.m4s\n#EXT-X-ENDLIST\n").doesNotContain("PRELOAD");
    }

    @Test
    void targets_coverWhatIsRounded() {
        String text = new Playlist(List.of(segment(1, 0, 4), segment(2, 0, 1)), 0.3336, 1.3344, 0, false).text();
        assertThat(text).contains("TARGETDURATION:2\n", "PART-HOLD-BACK=1.00080", "HOLD-BACK=6.00000");
    }
}
