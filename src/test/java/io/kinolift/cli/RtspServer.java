package io.kinolift.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A camera: GStreamer's RTSP server, if Python finds it. */
final class RtspServer implements Camera {
    private static final String NEEDS = "import gi; gi.require_version('GstRtspServer', '1.0');"
            + " from gi.repository import Gst; Gst.init(None);"
            + " assert all(map(Gst.ElementFactory.find, ['x264enc', 'avenc_aac', 'rtph264pay', 'videotestsrc']))";

    /** Null until it has been looked for. */
    private static Boolean available;

    private final int port;
    private final Path script;
    private final List<String> recording;
    private Process process;

    RtspServer(Path folder, int port) throws IOException {
        this(folder, port, List.of());
    }

    /**
     * A recording with B-frames, which says how long it is.
     *
     * @param pictures 25 for each second
     */
    static RtspServer recording(Path folder, int port, int pictures) throws IOException {
        return new RtspServer(
                folder,
                port,
                List.of(folder.resolve("recording-" + pictures + ".mp4").toString(), Integer.toString(pictures)));
    }

    private RtspServer(Path folder, int port, List<String> recording) throws IOException {
        this.port = port;
        this.recording = recording;
        script = folder.resolve("rtsp_server.py");
        try (InputStream in = RtspServer.class.getResourceAsStream("rtsp_server.py")) {
            Files.write(script, in.readAllBytes());
        }
        begin();
    }

    static synchronized boolean isAvailable() throws InterruptedException {
        available = available == null ? isFound() : available;
        return available;
    }

    private static boolean isFound() throws InterruptedException {
        try {
            Process trial = new ProcessBuilder("/usr/bin/python3", "-c", NEEDS)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return trial.waitFor(60, TimeUnit.SECONDS) && trial.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Starts, and waits until clients may come. */
    @Override
    public void begin() throws IOException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/python3", script.toString(), Integer.toString(port)));
        command.addAll(recording);
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        if (!"ready".equals(lines.readLine())) {
            throw new IOException("expected an RTSP server that is ready, found it ended");
        }
    }

    @Override
    public String address() {
        return "rtsp://127.0.0.1:" + port + "/live";
    }

    void signal(String name) throws IOException, InterruptedException {
        CommandLineProgram.signal(process, name);
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
