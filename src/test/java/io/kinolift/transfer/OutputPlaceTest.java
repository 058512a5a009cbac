package io.kinolift.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputPlaceTest {
    @TempDir
    Path folder;

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aFile_hasItsNameWhenItIsComplete() throws Exception {
        OutputPlace place = OutputPlace.of(folder.resolve("a.mp4").toString(), "");
        assertThat(place.container()).isEqualTo("a.mp4");
        assertThat(place.existing()).isNull();
        Files.writeString(Path.of(place.open().substring("file:".length())), "video");
        assertThat(names()).containsExactly(".a.mp4.partial");
        assertThat(place.publish()).isEmpty();
        assertThat(names()).containsExactly("a.mp4");
        assertThat(place.existing()).isEqualTo(place.name());
    }

    @Test
    void pictures_areMovedTogether_andOlderOnesAreNamed() throws Exception {
        OutputPlace place = OutputPlace.of(folder.resolve("p_%02d.png").toString(), "");
        Files.writeString(folder.resolve("p_02.png"), "old");
        Files.writeString(folder.resolve("p_09.png"), "old");
        Files.writeString(folder.resolve("p_009.png"), "another's");
        assertThat(place.existing()).endsWith("p_02.png");
        String pattern = place.open();
        Files.writeString(Path.of(pattern.replace("%%02d", "%02d").replace("/p_%02d.png", "/p_01.png")), "new");
        Files.writeString(Path.of(pattern.replace("%%02d", "%02d").replace("/p_%02d.png", "/p_02.png")), "new");
        assertThat(place.publish())
                .containsExactly(
                        "pictures p_01.png to p_02.png",
                        "1 of 2 older pictures of the same names stay: p_09.png is one");
        assertThat(names()).containsExactly("p_009.png", "p_01.png", "p_02.png", "p_09.png");
        assertThat(folder.resolve("p_02.png")).hasContent("new");
    }

    @Test
    void playlist_hasItsNameAtOnce_andOlderSegmentsGo() throws Exception {
        OutputPlace place = OutputPlace.of(folder.resolve("talk.m3u8").toString(), "");
        Files.writeString(folder.resolve("talk_00007.ts"), "old");
        Files.writeString(folder.resolve("talk_1.ts"), "another's");
        assertThat(place.existing()).endsWith("talk_00007.ts");
        assertThat(place.open()).isEqualTo("file:" + folder.resolve("talk.m3u8"));
        assertThat(names()).containsExactly("talk_1.ts");
        assertThat(OutputPlace.of("talk.m3u8", "").open()).startsWith("file:/");
    }

    @Test
    void whatFails_leavesNothing() throws Exception {
        for (String name : List.of("a.mp4", "p_%02d.png", "one.png")) {
            OutputPlace place = OutputPlace.of(folder.resolve(name).toString(), "");
            String url = place.open().replace("file:", "");
            Path file = Path.of(url.replace("%%02d", "%02d").replace("/p_%02d.png", "/p_01.png"));
            Files.writeString(file, "half");
            place.discard();
            place.discard();
            assertThat(names()).isEmpty();
        }
    }

    /** Names that FFmpeg would take for a protocol, several outputs or many pictures. */
    @Test
    void aName_isNothingButAName() throws Exception {
        for (String name : List.of("tee:a.mp4", "pipe:1.mkv", "concat:a|b.ts", "[f=mp4]x|[f=mkv]y.mkv", "50%d.mp4")) {
            OutputPlace place = OutputPlace.of(folder.resolve(name).toString(), "");
            assertThat(place.open()).isEqualTo("file:" + folder.resolve("." + name + ".partial"));
        }
        assertThatThrownBy(() -> OutputPlace.of("tcp://127.0.0.1:9", ""))
                .isInstanceOf(UnusablePlaceException.class)
                .hasMessageEndingWith("to write to, found none");
    }

    @Test
    void aLinkInPlaceOfTheTemporaryFile_isNotFollowed() throws Exception {
        Path other = Files.writeString(folder.resolve("other"), "precious");
        for (String name : List.of("a.mp4", "one.png")) {
            Files.createSymbolicLink(folder.resolve("." + name + ".partial"), other);
            OutputPlace place = OutputPlace.of(folder.resolve(name).toString(), "");
            Files.writeString(Path.of(place.open().replace("file:", "")), "video");
            place.publish();
        }
        assertThat(other).hasContent("precious");
        assertThat(folder.resolve("a.mp4")).hasContent("video").isRegularFile();
    }

    @Test
    void pipesAndDevices_getTheirBytesAtOnce() throws Exception {
        OutputPlace stdout = OutputPlace.of("-", "matroska");
        assertThat(stdout.open()).isEqualTo("pipe:1");
        assertThat(stdout).hasToString("standard output");
        OutputPlace device = OutputPlace.of("/dev/null", "matroska");
        assertThat(device.existing()).isNull();
        assertThat(device.open()).isEqualTo("file:/dev/null");
        device.discard();
        assertThat(Path.of("/dev/null")).exists();
    }

    @Test
    void whatCannotBeUsed_isSaid() {
        assertThatThrownBy(() -> OutputPlace.of("-", ""))
                .isInstanceOf(UnusablePlaceException.class)
                .hasMessageStartingWith("expected --output-format");
        assertThatThrownBy(() -> OutputPlace.of(folder.toString(), ""))
                .hasMessage("expected a file to write, found the directory " + folder);
        assertThatThrownBy(() -> OutputPlace.of(folder.resolve("none/a.mp4").toString(), ""))
                .isInstanceOf(UnusablePlaceException.class)
                .hasMessageEndingWith("none to write to, found none");
    }
}
