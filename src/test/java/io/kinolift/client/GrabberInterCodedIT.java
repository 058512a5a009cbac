package io.kinolift.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.client.ClientTopics.Got;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.video.CodedClips;
import io.kinolift.video.CodedClips.Kind;
import io.kinolift.video.CodedClips.Shown;
import io.kinolift.wire.FrameRecords;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;
import org.bytedeco.javacv.FrameGrabber.ImageMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A grabber of frames that refer to each other, through a real broker. */
class GrabberInterCodedIT {
    private static final int FRAMES = 60;
    private static final long FRAME_MICROS = 40_000;

    @RegisterExtension
    private static final ClientTopics topics = new ClientTopics();

    @TempDir
    private static Path folder;

    private static List<EncodedFrame> send(String stream, Path clip) throws Exception {
        List<EncodedFrame> frames = CodedClips.frames(clip, stream);
        send(stream, frames.stream().map(FrameRecords::write).toList());
        return frames;
    }

    private static void send(String stream, List<byte[]> records) {
        List<byte[]> all = new ArrayList<>(records);
        all.add(FrameRecords.writeEnd(stream, 0, FRAMES, null));
        topics.send(stream, all.toArray(byte[][]::new));
    }

    private static String md5(Got got) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(got.bytes()));
    }

    private static List<String> md5s(List<Got> all) throws Exception {
        List<String> md5s = new ArrayList<>();
        for (Got got : all) {
            md5s.add(md5(got));
        }
        return md5s;
    }

    private static List<String> right(Path clip) {
        return CodedClips.shown(clip).stream().map(Shown::md5).toList();
    }

    private static String grabbed(KafkaFrameGrabber grabber) throws Exception {
        Frame frame = grabber.grab();
        return md5(Got.of(frame));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void pictures_areThoseThatFfmpegShows_inTheOrderOfDisplay(Kind kind) throws Exception {
        Path clip = CodedClips.make(folder, kind, FRAMES);
        send("kind-" + kind, clip);
        try (KafkaFrameGrabber grabber = topics.grabber("kind-" + kind, ImageMode.RAW)) {
            grabber.start();
            assertThat(grabber.getImageWidth()).isEqualTo(160);
            List<Got> all = ClientTopics.all(grabber);
            assertThat(md5s(all)).isEqualTo(right(clip));
            assertThat(all.stream().map(got -> got.origin().discontinuity())).containsOnly(false);
            assertThat(grabber.getDamagedFrames()).isZero();
            assertThat(grabber.getLengthInFrames()).isEqualTo(FRAMES);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H264_OPEN", "HEVC_OPEN", "H264_PLAIN", "AV1"})
    void seeking_givesThePictureOfThatTime_forwardAndBack(Kind kind) throws Exception {
        Path clip = CodedClips.make(folder, kind, FRAMES);
        EncodedFrame first = send("seek-" + kind, clip).getFirst();
        List<String> right = right(clip);
        try (KafkaFrameGrabber grabber = topics.grabber("seek-" + kind, ImageMode.RAW)) {
            grabber.start();
            long start = Times.micros(first.pts(), first.timeBase());
            for (int wanted : new int[] {3, 40, 41, 12, 11, 10, 24, 23, 59, 0, 30, 31, 58}) {
                grabber.setTimestamp(start + wanted * FRAME_MICROS - FRAME_MICROS / 2);
                assertThat(grabbed(grabber)).as("picture %s", wanted).isEqualTo(right.get(wanted));
            }
            assertThat(grabbed(grabber)).isEqualTo(right.get(59));
            assertThat(grabber.grab()).isNull();
            grabber.setTimestamp(start);
            assertThat(grabber.skip(20)).isEqualTo(20);
            assertThat(grabbed(grabber)).isEqualTo(right.get(20));
            assertThat(grabber.getDamagedFrames()).isZero();
            grabber.setTimestamp(start + 2 * FRAMES * FRAME_MICROS);
            assertThat(grabber.grab()).isNull();
            assertThat(grabber.getLengthInTime()).isEqualTo(start + FRAMES * FRAME_MICROS);
        }
    }

    @Test
    void damage_costsItsGroup_isNamed_andMarksTheNextPicture() throws Exception {
        Path clip = CodedClips.make(folder, Kind.H264_PLAIN, FRAMES);
        List<byte[]> records = new ArrayList<>(CodedClips.frames(clip, "damage").stream()
                .map(FrameRecords::write)
                .toList());
        byte[] flipped = records.get(20);
        flipped[flipped.length - 5] ^= 0x10;
        records.remove(44);
        send("damage", records);
        List<String> right = right(clip);
        try (KafkaFrameGrabber grabber = topics.grabber("damage", ImageMode.RAW)) {
            grabber.start();
            List<Got> all = ClientTopics.all(grabber);
            List<String> expected = new ArrayList<>(right.subList(0, 20));
            expected.addAll(right.subList(24, 44));
            expected.addAll(right.subList(48, 60));
            assertThat(md5s(all)).isEqualTo(expected);
            assertThat(all.stream()
                            .filter(got -> got.origin().discontinuity())
                            .map(got -> got.origin().sequence()))
                    .containsExactly(24L, 48L);
            assertThat(grabber.getDamagedFrames()).isEqualTo(4 + 3);
            assertThat(grabber.getLastProblem()).endsWith(", sequence 47: frame 47: frame 44 has not come");
        }
        try (KafkaFrameGrabber grabber = topics.grabber("damage", ImageMode.RAW)) {
            grabber.setOption("errors", "fail");
            grabber.start();
            grabber.skip(20);
            assertThatThrownBy(grabber::grab)
                    .isInstanceOf(FrameGrabber.Exception.class)
                    .hasMessageContaining("expected a payload with the CRC-32C");
            assertThat(grabbed(grabber)).isEqualTo(right.get(24));
            grabber.skip(19);
            assertThatThrownBy(grabber::grab).hasMessageContaining("frame 44 has not come");
            assertThat(grabbed(grabber)).isEqualTo(right.get(48));
        }
    }

    @Test
    void joinedInTheMiddle_theFirstPictureIsThatOfAKeyFrame() throws Exception {
        Path clip = CodedClips.make(folder, Kind.H264_PLAIN, FRAMES);
        List<byte[]> records = CodedClips.frames(clip, "join").stream()
                .map(FrameRecords::write)
                .toList();
        send("join", records.subList(7, FRAMES));
        try (KafkaFrameGrabber grabber = topics.grabber("join", ImageMode.RAW)) {
            grabber.setOption("errors", "fail");
            grabber.start();
            assertThat(md5s(ClientTopics.all(grabber))).isEqualTo(right(clip).subList(12, FRAMES));
            assertThat(grabber.getDamagedFrames()).isEqualTo(5);
            assertThat(grabber.getLastProblem()).endsWith("sequence 11: frame 11: no key frame has come yet");
        }
    }
}
