package io.kinolift.video;

import io.kinolift.ffmpeg.Ffmpeg;
import io.kinolift.ffmpeg.VideoException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** A file with sound alone, and the sound packets of any file. */
final class TestSound {
    private TestSound() {}

    /** Writes seconds of a saw tooth, 8000 samples per second. */
    static Path write(Path file, int seconds) throws IOException {
        int bytes = seconds * 8000 * 2;
        ByteBuffer wav = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + bytes);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) 1);
        wav.putInt(8000).putInt(16000).putShort((short) 2).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(bytes);
        for (int i = 0; wav.hasRemaining(); i++) {
            wav.putShort((short) (i % 100 * 50));
        }
        return Files.write(file, wav.array());
    }

    /** Number of sound packets, their bytes, and the time of the first in microseconds. */
    record Packets(long count, long bytes, long firstMicros) {}

    static Packets packets(Path file) throws VideoException {
        AVPacket packet = avcodec.av_packet_alloc();
        long count = 0;
        long bytes = 0;
        long first = 0;
        try (MediaInput input = MediaInput.open(Source.of(file.toString()))) {
            while (input.read(packet, -1)) {
                var stream = input.context().streams(packet.stream_index());
                if (stream.codecpar().codec_type() == avutil.AVMEDIA_TYPE_AUDIO) {
                    first = count == 0 ? Ffmpeg.micros(packet.pts(), stream.time_base()) : first;
                    count++;
                    bytes += packet.size();
                }
                avcodec.av_packet_unref(packet);
            }
        } finally {
            avcodec.av_packet_free(packet);
        }
        return new Packets(count, bytes, first);
    }
}
