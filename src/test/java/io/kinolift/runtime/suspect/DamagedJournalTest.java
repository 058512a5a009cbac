package io.kinolift.runtime.suspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.topology.TopologyFixture;
import io.kinolift.window.SourceFrame;
import io.kinolift.wire.input.AvroInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A journal that a crash, a full disk or a hand has damaged: what is left of it counts, and work goes on. */
class DamagedJournalTest {
    private static final long MAX_PIXELS = 1 << 20;

    @TempDir
    private Path folder;

    private DecodeJournal open() {
        DecodeJournal journal = DecodeJournal.open(folder);
        journal.trySuspects(
                Map.of("bootstrap.servers", "127.0.0.1:1"), new AvroInput(Optional.empty(), false), MAX_PIXELS);
        return journal;
    }

    private static SourceFrame at(long offset) {
        EncodedFrame frame = TopologyFixture.frame("a", 0);
        return new SourceFrame(frame, "frames", 3, offset);
    }

    private static void assertGuilty(DecodeJournal journal, long offset) {
        assertThatThrownBy(() -> journal.enter(at(offset))).isInstanceOf(FrameCodecException.class);
    }

    @Test
    void linesThatAreNoPlaces_areLeftOutAndKeptAside() throws Exception {
        Path guilty = folder.resolve("guilty");
        byte[] text = ("frames 3 17\n\u0000\u0001garbage\nframes 3\nframes x 9\n frames 3 99999999999999999999\n"
                        + "frames 3 18\nframes 3 1")
                .getBytes(StandardCharsets.ISO_8859_1);
        text[15] = (byte) 0xff;
        Files.write(guilty, text);
        try (DecodeJournal journal = open()) {
            assertGuilty(journal, 17);
            assertGuilty(journal, 18);
            journal.enter(at(19)).close();
        }
        assertThat(folder.resolve("guilty.damaged")).hasBinaryContent(text);
        assertThat(Files.readAllLines(guilty))
                .contains("frames 3 17", "frames 3 18")
                .hasSize(3);
        open().close();
    }

    @Test
    void slotsThatAreTorn_areLeftOut() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 50; i++) {
            byte[] slots = new byte[320 * random.nextInt(1, 40) + random.nextInt(320)];
            random.nextBytes(slots);
            // Lengths that fit, in little-endian order.
            for (int at = 0; at + 4 <= slots.length; at += 320) {
                slots[at] = (byte) random.nextInt(60);
                slots[at + 1] = 0;
                slots[at + 2] = 0;
                slots[at + 3] = 0;
            }
            Files.write(folder.resolve("decoding"), slots);
            try (DecodeJournal journal = open()) {
                journal.enter(at(i)).close();
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theFolderIsNobodyElses() throws IOException {
        Path own = folder.resolve("journal");
        DecodeJournal.open(own).close();
        assertThat(Files.getPosixFilePermissions(own)).hasSize(3);
    }
}
