package io.kinolift.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The system's FFmpeg as a camera for one viewer: pictures and a tone, as soon as somebody connects. */
final class PushingCamera implements Camera {
    /** How the viewer connects, and FFmpeg's words for the other side. */
    enum Protocol {
        SRT("srt://127.0.0.1:%d", "mpegts", "srt://127.0.0.1:%d?mode=listener"),
        RTMP("rtmp://127.0.0.1:%d/live/camera", "flv", "rtmp://127.0.0.1:%d/live/camera", "-listen", "1"),
        HTTP("http://127.0.0.1:%d/camera.ts", "mpegts", "http://127.0.0.1:%d/camera.ts", "-listen", "1");

        private final String address;
        private final String container;
        private final String place;
        private final List<String> options;

        Protocol(String address, String container, String place, String... options) {
            this.address = address;
            this.container = container;
            this.place = place;
            this.options = List.of(options);
        }

        boolean isAvailable() throws InterruptedException {
            try {
                Process program = new ProcessBuilder("ffmpeg", "-v", "quiet", "-protocols").start();
                String text = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return program.waitFor(60, TimeUnit.SECONDS) && text.contains(name().toLowerCase(Locale.ROOT));
            } catch (IOException _) {
                return false;
            }
        }
    }

    private final Protocol protocol;
    private final int port;
    private Process process;

    PushingCamera(Protocol protocol, int port) throws IOException {
        this.protocol = protocol;
        this.port = port;
        begin();
    }

    @Override
    public String address() {
        return protocol.address.formatted(port);
    }

    @Override
    public void begin() throws IOException {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-nostdin"));
        command.addAll(List.of("-re", "-f", "lavfi", "-i", "testsrc2=size=160x120:rate=25"));
        command.addAll(List.of("-re", "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000"));
        command.addAll(List.of("-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-g", "25"));
        command.addAll(List.of("-c:a", "aac", "-f", protocol.container));
        command.addAll(protocol.options);
        command.add(protocol.place.formatted(port));
        process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Override
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
