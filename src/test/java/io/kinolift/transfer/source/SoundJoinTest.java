package io.kinolift.transfer.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.frame.Rational;
import io.kinolift.video.SoundPacket;
import io.kinolift.video.SoundTrack;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pictures of 40 ms, packets of 20 ms: what overlaps is left out, what fits is kept. */
class SoundJoinTest {
    private static final Rational MILLISECOND = Rational.of(1, 1000);
    private static final SoundTrack TRACK =
            new SoundTrack(0, "", "", "aac", 48_000, 1, "mono", 1024, 0, 0, 0, ByteBuffer.allocate(0), MILLISECOND);

    private final SoundJoin join = new SoundJoin();

    private static SoundPacket packet(long millis) {
        return new SoundPacket(TRACK, millis, 20, false, ByteBuffer.allocate(1));
    }

    private List<Long> taken() {
        return join.take().stream().map(SoundPacket::pts).toList();
    }

    @Test
    void soundBehindTheLastPicture_endsWhereTheNextPassBegins() {
        join.picture(0, MILLISECOND);
        join.add(List.of(packet(-20), packet(0), packet(20), packet(40), packet(60)), 0, MILLISECOND);
        join.begin();
        join.picture(40, MILLISECOND);
        join.add(List.of(packet(-20), packet(0), packet(20)), 40, MILLISECOND);
        assertThat(taken()).containsExactly(-20L, 0L, 20L, 40L, 60L);
        assertThat(join.remarks())
                .containsExactly(
                        "3 packets of sound left out that overlapped with sound before, as at the joins of passes");
    }

    @Test
    void soundThatHasBeenTaken_isNotHeardTwice() {
        join.picture(0, MILLISECOND);
        join.add(List.of(packet(0), packet(20), packet(40)), 0, MILLISECOND);
        assertThat(taken()).containsExactly(0L, 20L, 40L);
        join.begin();
        join.picture(40, MILLISECOND);
        join.add(List.of(packet(0), packet(20)), 40, MILLISECOND);
        assertThat(taken()).containsExactly(60L);
    }

    @Test
    void firstPacketOfAPass_isMarked_evenBehindAPause() {
        join.picture(0, MILLISECOND);
        join.add(List.of(packet(0)), 0, MILLISECOND);
        join.begin();
        join.picture(1000, MILLISECOND);
        join.add(List.of(packet(-20), packet(0), packet(20)), 1000, MILLISECOND);
        List<SoundPacket> packets = join.take();
        assertThat(packets).extracting(SoundPacket::pts).containsExactly(0L, 980L, 1000L, 1020L);
        assertThat(packets).extracting(SoundPacket::discontinuity).containsExactly(false, true, false, false);
    }
}
