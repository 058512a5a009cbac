package io.kinolift.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kinolift.ffmpeg.FfmpegProgram;
import io.kinolift.ffmpeg.VideoException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing of a film is lost without a word. */
class StreamCopyTest {
    private static final String VIDEO = "testsrc2=size=64x48:rate=25:duration=2";

    @TempDir
    static Path made;

    private static Path film;

    @TempDir
    Path folder;

    /** A film as people keep them: two languages, subtitles, chapters, a font, a cover. */
    @BeforeAll
    static void makeFilm() throws Exception {
        assumeTrue(FfmpegProgram.isAvailable(), "FFmpeg's program does not start here (it needs libpulse.so.0)");
        Path subtitles = Files.writeString(
                made.resolve("s.srt"),
                "1\n00:00:00,200 --> 00:00:00,700\nHello <i>there</i>\n\n2\n00:00:01,500 --> 00:00:01,900\nBye\n");
        Path facts = Files.writeString(made.resolve("facts.txt"), """
                ;FFMETADATA1
                title=Der Film \uD83C\uDFAC
                comment=Holiday
                SERIAL=7
                [CHAPTER]
                TIMEBASE=1/1000
                START=0
                END=1000
                title=One
                [CHAPTER]
                TIMEBASE=1/1000
                START=1000
                END=2000
                title=Two
                """);
        Path font = Files.writeString(made.resolve("font.ttf"), "no font at all");
        Path cover = made.resolve("cover.png");
        FfmpegProgram.run("-f", "lavfi", "-i", "testsrc2=size=16x16:rate=1:duration=1", "-frames:v", 1, cover);
        film = made.resolve("film.mkv");
        FfmpegProgram.run(
                "-f",
                "lavfi",
                "-i",
                VIDEO,
                "-f",
                "lavfi",
                "-i",
                "sine=300:duration=2",
                "-f",
                "lavfi",
                "-i",
                "sine=600:duration=2",
                "-i",
                subtitles,
                "-i",
                subtitles,
                "-i",
                facts,
                "-map",
                0,
                "-map",
                1,
                "-map",
                2,
                "-map",
                3,
                "-map",
                4,
                "-map_metadata",
                5,
                "-map_chapters",
                5,
                "-c:v",
                "mpeg4",
                "-c:a",
                "aac",
                "-c:s:0",
                "srt",
                "-c:s:1",
                "ass",
                "-metadata:s:v",
                "language=deu",
                "-metadata:s:a:0",
                "language=deu",
                "-metadata:s:a:1",
                "language=eng",
                "-metadata:s:a:1",
                "title=Commentary",
                "-metadata:s:a:1",
                "BPS=1",
                "-metadata:s:s:0",
                "language=eng",
                "-metadata:s:s:1",
                "language=deu",
                "-disposition:a:0",
                "0",
                "-disposition:a:1",
                "default",
                "-disposition:s:0",
                "forced",
                "-disposition:s:1",
                "default",
                "-attach",
                font,
                "-metadata:s:t:0",
                "mimetype=application/x-truetype-font",
                "-attach",
                cover,
                "-metadata:s:t:1",
                "mimetype=image/png",
                film);
    }

    @Test
    void matroskaKeepsAllOfAFilm() throws Exception {
        Path copy = folder.resolve("copy.mkv");
        assertThat(FileCopy.copy(film, copy, StreamChoice.ALL)).isEmpty();
        assertThat(FileCopy.streams(copy))
                .containsExactlyInAnyOrder(
                        "video h264 deu",
                        "audio aac deu",
                        "audio aac eng Commentary +default",
                        "subtitle subrip eng +forced",
                        "subtitle ass deu +default",
                        "attachment ttf font.ttf",
                        "video png cover.png +attached_pic");
        assertThat(FileCopy.chapters(copy)).containsExactly("0-1000 One", "1000-2000 Two");
        assertThat(FileCopy.tags(copy))
                .containsEntry("title", "Der Film \uD83C\uDFAC")
                .containsEntry("comment", "Holiday")
                .containsEntry("serial", "7");
        assertThat(FileCopy.streamTags(copy, 2)).doesNotContainKey("BPS");
        assertThat(FileCopy.packets(copy, 3)).isEqualTo(FileCopy.packets(film, 3));
        assertThat(FileCopy.packets(copy, 1)).hasSameSizeAs(FileCopy.packets(film, 1));
    }

    @Test
    void mp4HoldsMostOfAFilm_andTheRestIsNamed() throws Exception {
        Path copy = folder.resolve("copy.mp4");
        assertThat(FileCopy.copy(film, copy, StreamChoice.ALL))
                .containsExactlyInAnyOrder(
                        "subtitles are written as mov_text: mp4 cannot hold subrip",
                        "subtitles are written as mov_text: mp4 cannot hold ass",
                        "not written: 1 attachment (font.ttf), mp4 has no place for it",
                        "not written: 1 tag (serial), mp4 has no place for it");
        assertThat(FileCopy.streams(copy))
                .contains(
                        "video h264 deu +default",
                        "audio aac deu",
                        "audio aac eng +default",
                        "video png +attached_pic");
        assertThat(FileCopy.streamTags(copy, 2)).containsEntry("handler_name", "Commentary");
        assertThat(FileCopy.chapters(copy)).containsExactly("0-1000 One", "1000-2000 Two");
        assertThat(FileCopy.tags(copy)).containsEntry("title", "Der Film \uD83C\uDFAC");
        List<FileCopy.Packet> texts = FileCopy.packets(copy, 3).stream()
                .filter(packet -> packet.size() > 2)
                .toList();
        assertThat(texts).hasSize(2);
        assertThat(texts.getFirst().begin()).isCloseTo(0.2, within(0.001));
        assertThat(texts.getFirst().end()).isCloseTo(0.7, within(0.001));
        assertThat(texts.get(1).begin()).isCloseTo(1.5, within(0.001));
    }

    @Test
    void webmAndAviAreToldApart() throws Exception {
        Path webm = folder.resolve("copy.webm");
        assertThat(FileCopy.copy(film, webm, StreamChoice.ALL))
                .contains(
                        "the audio is written as opus: webm cannot hold aac",
                        "subtitles are written as webvtt: webm cannot hold ass",
                        "not written: 1 attachment (font.ttf), webm has no place for it",
                        "not written: 1 cover picture (cover.png), webm has no place for it");
        assertThat(FileCopy.streams(webm)).contains("subtitle webvtt eng +forced", "audio opus deu");
        Path avi = folder.resolve("copy.avi");
        assertThat(FileCopy.copy(film, avi, StreamChoice.ALL))
                .contains(
                        "not written: 2 subtitle streams (deu ass, eng subrip), avi has no place for them",
                        "not written: 2 chapters (One, Two), avi has no place for them");
    }

    @Test
    void theWayBackFromMp4ToMatroskaKeepsTexts() throws Exception {
        Path mp4 = folder.resolve("copy.mp4");
        FileCopy.copy(film, mp4, StreamChoice.ALL);
        Path back = folder.resolve("back.mkv");
        assertThat(FileCopy.copy(mp4, back, StreamChoice.ALL))
                .containsExactly("subtitles are written as ass: matroska cannot hold mov_text");
        assertThat(FileCopy.streams(back))
                .contains("audio aac eng +default", "video png cover.png +attached_pic")
                .filteredOn(line -> line.startsWith("subtitle"))
                .hasSize(2);
        assertThat(FileCopy.chapters(back)).containsExactly("0-1000 One", "1000-2000 Two");
        assertThat(FileCopy.packets(back, 3)).hasSize(2);
    }

    @Test
    void audioAndSubtitlesAreLeftOutOnRequest() throws Exception {
        Path copy = folder.resolve("copy.mkv");
        assertThat(FileCopy.copy(film, copy, new StreamChoice(StreamChoice.BEST, false, false)))
                .isEmpty();
        assertThat(FileCopy.streams(copy))
                .containsExactlyInAnyOrder(
                        "video h264 deu", "attachment ttf font.ttf", "video png cover.png +attached_pic");
    }

    @Test
    void oneOfSeveralVideosIsChosenAndTheOthersAreCopied() throws Exception {
        Path two = folder.resolve("two.mkv");
        FfmpegProgram.run(
                "-f",
                "lavfi",
                "-i",
                VIDEO,
                "-f",
                "lavfi",
                "-i",
                "testsrc=size=32x32:rate=10:duration=1",
                "-map",
                0,
                "-map",
                1,
                "-c:v",
                "mpeg4",
                two);
        Path copy = folder.resolve("copy.mkv");
        assertThat(FileCopy.copy(two, copy, new StreamChoice(1, true, true)))
                .containsExactly("upscaled is video stream 1 of 0 to 1 (32x32); --video N chooses another");
        assertThat(FileCopy.streams(copy)).containsExactly("video h264", "video mpeg4 +default");
        assertThat(FileCopy.packets(copy, 1)).hasSameSizeAs(FileCopy.packets(two, 0));
        assertThatThrownBy(() -> FileCopy.copy(two, copy, new StreamChoice(2, true, true)))
                .isInstanceOf(VideoException.class)
                .hasMessageEndingWith("expected a video stream from 0 to 1, found number 2");
    }

    /** A recording whose clock began 10 s before it. */
    @Test
    void chaptersAndSubtitlesMoveWithThePictures() throws Exception {
        Path late = folder.resolve("late.mkv");
        FfmpegProgram.run("-i", film, "-map", "0:v:0", "-map", "0:s:0", "-c", "copy", "-output_ts_offset", 10, late);
        assertThat(FileCopy.chapters(late)).isNotEmpty();
        Path copy = folder.resolve("copy.mkv");
        FileCopy.copy(late, copy, StreamChoice.ALL);
        List<FileCopy.Packet> texts = FileCopy.packets(copy, 1);
        assertThat(texts.getFirst().begin()).isCloseTo(0.2, within(0.0015));
        assertThat(texts.getFirst().end()).isCloseTo(0.7, within(0.0015));
    }
}
