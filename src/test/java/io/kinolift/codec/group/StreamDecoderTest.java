package io.kinolift.codec.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.codec.DecoderLimits;
import io.kinolift.codec.EncoderSettings;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.FrameCodecs;
import io.kinolift.codec.FrameEncoder;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Codec;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.video.CodedClips;
import io.kinolift.video.CodedClips.Kind;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pictures are those that FFmpeg itself shows, or none. */
class StreamDecoderTest {
    private static final int FRAMES = 60;
    private static final int GROUP = 12;

    @TempDir
    private static Path folder;

    private final List<CodedClips.Shown> came = new ArrayList<>();
    private final List<Boolean> breaks = new ArrayList<>();
    private final Map<LeftOut.Cause, List<Long>> leftOut = new EnumMap<>(LeftOut.Cause.class);
    private final LeftOutCount count = new LeftOutCount();

    private void take(StreamDecoder decoder) throws FrameCodecException {
        for (Outcome outcome = decoder.next(); outcome != null; outcome = decoder.next()) {
            switch (outcome) {
                case Shown shown -> {
                    came.add(new CodedClips.Shown(shown.frame().pts(), md5(shown)));
                    breaks.add(shown.afterBreak());
                    shown.free();
                }
                case LeftOut left -> {
                    leftOut.computeIfAbsent(left.cause(), _ -> new ArrayList<>())
                            .add(left.frame().sequence());
                    count.add(left);
                }
            }
        }
    }

    private static String md5(Shown shown) throws FrameCodecException {
        try (FrameEncoder raw =
                FrameCodecs.encoder(shown.frame().format().withCodec(Codec.RAW), EncoderSettings.DEFAULT)) {
            byte[] samples = raw.encode(shown.picture());
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(samples));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private void decode(List<EncodedFrame> frames, boolean reordered) throws FrameCodecException {
        try (StreamDecoder decoder = new StreamDecoder(DecoderLimits.DEFAULT, reordered)) {
            for (EncodedFrame frame : frames) {
                decoder.add(frame);
                take(decoder);
            }
            decoder.end();
            take(decoder);
        }
    }

    private static List<CodedClips.Shown> right(Path clip, List<EncodedFrame> frames) {
        long first = frames.stream().mapToLong(EncodedFrame::pts).min().orElseThrow();
        return CodedClips.shown(clip).stream()
                .map(each -> new CodedClips.Shown(each.pts() + first, each.md5()))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void pictures_areThoseThatFfmpegShows(Kind kind) throws Exception {
        Path clip = CodedClips.make(folder, kind, FRAMES);
        List<EncodedFrame> frames = CodedClips.frames(clip, "a");
        decode(frames, true);
        assertThat(leftOut).isEmpty();
        assertThat(came).isEqualTo(right(clip, frames));
        assertThat(breaks).containsOnly(false);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void withoutTimesOfDecoding_theSame(Kind kind) throws Exception {
        Path clip = CodedClips.make(folder, kind, FRAMES);
        List<EncodedFrame> frames = CodedClips.frames(clip, "a").stream()
                .map(frame -> frame.withDts(EncodedFrame.NO_DTS))
                .toList();
        decode(frames, true);
        assertThat(came).isEqualTo(right(clip, frames));
    }

    /** As outputs are: a picture is there as soon as its frame. */
    @ParameterizedTest
    @EnumSource(names = {"H264_PLAIN", "VP9", "AV1"})
    void inTheOrderOfDisplay_noPictureIsHeldBack(Kind kind) throws Exception {
        List<EncodedFrame> frames = CodedClips.frames(CodedClips.make(folder, kind, FRAMES), "a");
        try (StreamDecoder decoder = new StreamDecoder(DecoderLimits.DEFAULT, false)) {
            for (EncodedFrame frame : frames) {
                decoder.add(frame.withDts(EncodedFrame.NO_DTS));
                take(decoder);
                assertThat(came).hasSize((int) frame.sequence() + 1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H264_OPEN", "H264_PLAIN", "H264_SLICES", "HEVC_OPEN", "VP9", "AV1"})
    void ofADamagedStream_noPictureIsWrong(Kind kind) throws Exception {
        Path clip = CodedClips.make(folder, kind, FRAMES);
        List<EncodedFrame> frames = CodedClips.frames(clip, "a");
        Set<CodedClips.Shown> right = new HashSet<>(right(clip, frames));
        int seeds = 6;
        for (int seed = 0; seed < seeds; seed++) {
            Random random = new Random(seed);
            int damaged = random.nextInt(FRAMES);
            try (StreamDecoder decoder = new StreamDecoder(DecoderLimits.DEFAULT, true)) {
                for (EncodedFrame frame : frames) {
                    if (frame.sequence() != damaged) {
                        decoder.add(frame);
                    } else if (seed % 2 == 0) {
                        decoder.lose("expected a payload with another CRC-32C");
                    }
                }
                decoder.end();
                take(decoder);
            }
        }
        assertThat(right).containsAll(came);
        assertThat(came).hasSizeBetween(seeds * (FRAMES - 2 * GROUP), seeds * FRAMES - seeds);
        // A frame that is lost altogether is not there to be named.
        assertThat(came.size() + count.total()).isEqualTo((long) seeds * FRAMES - seeds);
        assertThat(breaks).contains(true);
    }

    @ParameterizedTest
    @EnumSource(names = {"H264_OPEN", "H264_PLAIN", "HEVC_OPEN", "VP9", "AV1"})
    void whatTheDecoderItselfRefuses_isNamed(Kind kind) throws Exception {
        Path clip = CodedClips.make(folder, kind, FRAMES);
        List<EncodedFrame> frames = new ArrayList<>(CodedClips.frames(clip, "a"));
        List<CodedClips.Shown> right = right(clip, frames);
        byte[] payload = frames.get(17).payloadBytes();
        frames.set(17, frames.get(17).withPayload(ByteBuffer.wrap(payload, 0, 5)));
        decode(frames, true);
        assertThat(leftOut.get(LeftOut.Cause.DAMAGED)).containsExactly(17L);
        assertThat(right).containsAll(came);
        assertThat(came.size() + count.total()).isEqualTo(FRAMES);
        assertThat(came).hasSizeGreaterThanOrEqualTo(FRAMES - 2 * GROUP);
    }

    @Test
    void whoJoinsInTheMiddle_waitsForAKeyFrame_whichIsCountedAndSaid() throws Exception {
        Path clip = CodedClips.make(folder, Kind.H264_OPEN, FRAMES);
        List<EncodedFrame> frames = CodedClips.frames(clip, "a");
        int second = IntStream.range(1, FRAMES)
                .filter(i -> frames.get(i).keyFrame())
                .findFirst()
                .orElseThrow();
        long shownFrom = frames.get(second).pts();
        decode(frames.subList(5, FRAMES), true);
        assertThat(came)
                .isEqualTo(right(clip, frames).stream()
                        .filter(each -> each.pts() >= shownFrom)
                        .toList());
        assertThat(leftOut).containsOnlyKeys(LeftOut.Cause.NO_KEY_FRAME);
        assertThat(count.remark())
                .isEqualTo("pictures are left out: " + count.total()
                        + " before the first key frame (the first: frame 5: no key frame has come yet)");
    }

    @Test
    void aHole_isSaid_andWhatComesAfterItWaitsForTheNextKeyFrame() throws Exception {
        List<EncodedFrame> frames =
                new ArrayList<>(CodedClips.frames(CodedClips.make(folder, Kind.H264_PLAIN, 36), "a"));
        frames.remove(15);
        decode(frames, true);
        assertThat(leftOut)
                .containsExactly(
                        Map.entry(LeftOut.Cause.NO_REFERENCE, List.of(16L, 17L, 18L, 19L, 20L, 21L, 22L, 23L)));
        assertThat(count.remark()).contains("(the first: frame 16: frame 15 has not come)");
        assertThat(breaks.indexOf(true)).isEqualTo(15);
        assertThat(breaks.stream().filter(each -> each)).hasSize(1);
    }

    /** A producer of "at least once" that had to begin again: later frames refer to its second copy. */
    @ParameterizedTest
    @EnumSource(names = {"H264_OPEN", "HEVC_OPEN", "AV1"})
    void framesThatAreSentAgainFromAKeyFrameOn_areShownOnce(Kind kind) throws Exception {
        Path clip = CodedClips.make(folder, kind, FRAMES);
        List<EncodedFrame> frames = CodedClips.frames(clip, "a");
        List<EncodedFrame> given = new ArrayList<>(frames.subList(0, 20));
        given.addAll(frames.subList(0, FRAMES));
        decode(given, true);
        assertThat(came).isEqualTo(right(clip, frames));
    }

    /** Only the reader has seen the end record before it. */
    @ParameterizedTest
    @EnumSource(names = {"H264_OPEN", "HEVC_OPEN", "AV1"})
    void afterARestartInTheSameSession_bothRunsAreShown(Kind kind) throws Exception {
        Path clip = CodedClips.make(folder, kind, 24);
        List<EncodedFrame> frames = CodedClips.frames(clip, "a");
        try (StreamDecoder decoder = new StreamDecoder(DecoderLimits.DEFAULT, true)) {
            frames.forEach(decoder::add);
            decoder.restart();
            frames.forEach(decoder::add);
            decoder.end();
            take(decoder);
        }
        List<CodedClips.Shown> expected = new ArrayList<>(right(clip, frames));
        expected.addAll(right(clip, frames));
        assertThat(came).isEqualTo(expected);
        assertThat(leftOut).isEmpty();
        assertThat(breaks).containsOnly(false);
    }

    @Test
    void aFrameThatIsSentTwice_isIgnored() throws Exception {
        Path clip = CodedClips.make(folder, Kind.H264_PLAIN, 24);
        List<EncodedFrame> frames = CodedClips.frames(clip, "a");
        List<EncodedFrame> given = new ArrayList<>(frames);
        given.add(8, frames.get(7));
        decode(given, true);
        assertThat(came).isEqualTo(right(clip, frames));
        assertThat(leftOut).containsExactly(Map.entry(LeftOut.Cause.REPEATED, List.of(7L)));
        assertThat(count.remark()).isEmpty();
    }

    /** Times that cannot be: others refer to the frame all the same. */
    @ParameterizedTest
    @EnumSource(names = {"H264_PLAIN", "VP9"})
    void aFrameThatGoesBackBehindItsKeyFrame_isLeftOut_theOthersAreRight(Kind kind) throws Exception {
        Path clip = CodedClips.make(folder, kind, 24);
        List<EncodedFrame> frames = new ArrayList<>(CodedClips.frames(clip, "a"));
        List<CodedClips.Shown> right = new ArrayList<>(right(clip, frames));
        right.remove(13);
        frames.set(
                13,
                frames.get(13)
                        .withPts(frames.get(10).pts())
                        .withDts(frames.get(10).pts()));
        for (boolean reordered : new boolean[] {false, true}) {
            came.clear();
            leftOut.clear();
            decode(frames, reordered);
            assertThat(came).isEqualTo(right);
            assertThat(leftOut).containsExactly(Map.entry(LeftOut.Cause.TIME_NOT_AFTER, List.of(13L)));
        }
    }

    @Test
    void sessionsOfOtherCodecsAndSizes_followEachOther() throws Exception {
        Path one = CodedClips.make(folder, Kind.H264_OPEN, 24);
        Path two = CodedClips.make(folder, Kind.HEVC_STREAM, 24);
        List<EncodedFrame> first = CodedClips.frames(one, "a");
        List<EncodedFrame> second = CodedClips.frames(two, "a");
        List<EncodedFrame> given = new ArrayList<>(first);
        second.forEach(frame -> given.add(ofSession(1, frame)));
        decode(given, true);
        List<CodedClips.Shown> expected = new ArrayList<>(right(one, first));
        expected.addAll(right(two, second));
        assertThat(came).isEqualTo(expected);
        assertThat(leftOut).isEmpty();
    }

    private static EncodedFrame ofSession(long session, EncodedFrame frame) {
        return new EncodedFrame(
                frame.streamId(),
                session,
                frame.sequence(),
                frame.pts(),
                frame.dts(),
                frame.duration(),
                frame.timeBase(),
                frame.format(),
                frame.keyFrame(),
                frame.discontinuity(),
                frame.captureMicros(),
                frame.payload());
    }

    @Test
    void anUnreadableRecord_isAHole() throws VideoException, FrameCodecException {
        List<EncodedFrame> frames = CodedClips.frames(CodedClips.make(folder, Kind.H264_PLAIN, 36), "a");
        try (StreamDecoder decoder = new StreamDecoder(DecoderLimits.DEFAULT, true)) {
            for (EncodedFrame frame : frames) {
                if (frame.sequence() == 14) {
                    decoder.lose("record 14 has another checksum");
                } else {
                    decoder.add(frame);
                }
                take(decoder);
            }
        }
        assertThat(came).hasSize(36 - 10);
        assertThat(count.remark()).contains("9 because of frames before them", "record 14 has another checksum");
    }
}
