package io.kinolift.video;

import com.sun.net.httpserver.HttpServer;
import io.kinolift.ffmpeg.FfmpegProgram;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Files that would make a reader open others. Everything in the folder {@code inside} is black; the canaries beside that
 * folder, which nothing in it may name, are white.
 */
final class HostileFiles {
    private static final String KEY = "000102030405060708090a0b0c0d0e0f";

    private static final String WEB = "expected it to name only http addresses or https addresses";

    private final Path inside;
    private final Path outside;
    private final String web;
    private final List<Hostile> made = new ArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /**
     * @param name path or address
     * @param refusal what the message must say; null if any will do, or the file is only not to be what it pretends
     */
    record Hostile(String name, String kind, String refusal) {}

    /** @param web address of a server that serves the folder of the canaries, and texts that name others */
    HostileFiles(Path folder, String web) throws IOException {
        inside = Files.createDirectory(folder.resolve("inside"));
        outside = Files.createDirectory(folder.resolve("outside"));
        this.web = web;
        video("black", inside.resolve("own.ts"));
        video("black", inside.resolve("own.mp4"));
        video("white", outside.resolve("canary.ts"));
        video("white", outside.resolve("canary.mp4"));
        dash("white", outside);
        dash("black", inside);
        FfmpegProgram.run("-i", outside.resolve("canary.mp4"), "-frames:v", 1, outside.resolve("canary.png"));
        Files.createSymbolicLink(inside.resolve("link.ts"), outside.resolve("canary.ts"));
        Files.createSymbolicLink(inside.resolve("link.mp4"), outside.resolve("canary.mp4"));
        Files.createSymbolicLink(inside.resolve("linked"), outside);
        Files.writeString(outside.resolve("canary.m3u8"), playlist("canary.ts"));
    }

    private static void video(String colour, Path file) {
        FfmpegProgram.run(
                "-f", "lavfi", "-i", "color=" + colour + ":size=64x48:rate=10:duration=1", "-c:v", "mpeg2video", file);
    }

    /** A manifest with one segment, and the beginning that all segments share. */
    private static void dash(String colour, Path folder) {
        FfmpegProgram.run(
                "-f",
                "lavfi",
                "-i",
                "color=" + colour + ":size=64x48:rate=10:duration=1",
                "-c:v",
                "libopenh264",
                "-f",
                "dash",
                "-init_seg_name",
                "init.mp4",
                "-media_seg_name",
                "chunk-$Number$.m4s",
                folder.resolve("own.mpd"));
    }

    void serve(HttpServer server) throws IOException {
        Map<String, String> texts = Map.of(
                "/file.m3u8", playlist("file://" + outside.resolve("canary.ts")),
                "/udp.m3u8", playlist("udp://127.0.0.1:9"),
                "/file.mpd", manifest("file://" + outside + "/", ""),
                "/list.ffconcat", concat("file " + outside.resolve("canary.mp4")),
                "/key.m3u8", encrypted("file://" + outside.resolve("secret.ts"), web + "/crypted.ts"),
                "/stream.sdp", sdp());
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            Path file = outside.resolve(path.substring(1));
            if (!texts.containsKey(path) && !path.equals("/crypted.ts") && !path.startsWith("/file:")) {
                requests.add(path);
            }
            byte[] body = texts.containsKey(path)
                    ? texts.get(path).getBytes(StandardCharsets.UTF_8)
                    : Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
            exchange.sendResponseHeaders(body.length == 0 ? 404 : 200, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
    }

    List<Hostile> all() {
        return made;
    }

    /** What was fetched of the canaries, apart from what remote lists may fetch. */
    List<String> requests() {
        return requests;
    }

    void make() throws IOException {
        concatScripts();
        playlists();
        manifests();
        others();
        pictures();
        remote();
    }

    private void concatScripts() throws IOException {
        naming("absolute.mp4", "ffconcat, absolute path", concat("file '" + outside.resolve("canary.mp4") + "'"));
        naming("above.avi", "ffconcat, ..", concat("file ../outside/canary.mp4"));
        naming("address.mkv", "ffconcat, file:", concat("file 'file:" + outside.resolve("canary.mp4") + "'"));
        naming("link.png.txt", "ffconcat, symlink", concat("file link.mp4"));
        naming("linked.y4m", "ffconcat, symlinked folder", concat("file linked/canary.mp4"));
        naming("second.webm", "ffconcat, symlink as second file", concat("file own.mp4\nfile link.mp4"));
        naming(
                "inner.m3u8",
                "playlist, absolute path",
                playlist(outside.resolve("canary.ts").toString()));
        text("nested.mov", "ffconcat of a playlist", concat("file inner.m3u8"));
        text("twice.ts", "ffconcat of ffconcat", concat("file link.png.txt"));
        text("option.mp4", "ffconcat, option", concat("file own.mp4\noption safe 0\nfile ../outside/canary.mp4"));
        naming("web.mp4", "ffconcat, http:", concat("file " + web + "/canary.mp4"));
        naming("escaped.mp4", "ffconcat, escaped ..", concat("file .\\./outside/canary.mp4"));
    }

    private void playlists() throws IOException {
        Path canary = outside.resolve("canary.ts");
        naming("above.m3u8", "playlist, ..", playlist("../outside/canary.ts"));
        naming("file.m3u8", "playlist, file:", playlist("file://" + canary));
        naming("link.m3u8", "playlist, symlink", playlist("link.ts"));
        naming("notutf8.m3u8", "playlist, name that is not UTF-8", playlist("\uFFFD.ts"));
        naming("linked.m3u8", "playlist, symlinked folder", playlist("linked/canary.ts"));
        naming("second.m3u8", "playlist, second segment", playlist("own.ts", canary.toString()));
        naming("web.m3u8", "playlist, http:", playlist(web + "/canary.ts"));
        text("subfile.m3u8", "playlist, subfile:", playlist("subfile,,start,0,end,0,,:" + canary));
        text("concat.m3u8", "playlist, concat:", playlist("concat:" + canary + "|x.ts"));
        text("cache.m3u8", "playlist, cache:", playlist("cache:file:" + canary));
        text("async.m3u8", "playlist, async:", playlist("async:" + canary));
        text("pipe.m3u8", "playlist, pipe:", playlist("pipe:0"));
        text("unix.m3u8", "playlist, unix:", playlist("unix:/run/x.ts"));
        text("udp.m3u8", "playlist, udp:", playlist("udp://127.0.0.1:9?timeout=1000000&x=.ts"));
        text(
                "data.m3u8",
                "playlist in data:",
                playlist("data:application/x-mpegurl,"
                        + playlist(canary.toString()).replace("\n", "%0A") + "#.m3u8"));
        naming(
                "master.m3u8",
                "master playlist",
                "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=100000\n" + outside.resolve("canary.m3u8") + "\n");
        naming(
                "media.m3u8",
                "EXT-X-MEDIA",
                "#EXTM3U\n#EXT-X-MEDIA:TYPE=VIDEO,GROUP-ID=\"v\",NAME=\"n\",DEFAULT=YES,URI=\""
                        + outside.resolve("canary.m3u8")
                        + "\"\n#EXT-X-STREAM-INF:BANDWIDTH=100000,VIDEO=\"v\"\nplain.m3u8\n");
        Files.writeString(inside.resolve("plain.m3u8"), playlist("own.ts"));
        naming(
                "map.m3u8",
                "EXT-X-MAP",
                playlist("chunk.m4s")
                        .replace("#EXTINF", "#EXT-X-MAP:URI=\"" + outside.resolve("init.mp4") + "\"\n#EXTINF"));
        // White, and nothing without what the map names.
        Files.copy(outside.resolve("chunk-1.m4s"), inside.resolve("chunk.m4s"));
        secret();
        naming("key.m3u8", "EXT-X-KEY", encrypted(outside.resolve("secret.ts").toString(), "crypted.ts"));
        naming("keylink.m3u8", "EXT-X-KEY, symlink", encrypted("linked/secret.ts", "crypted.ts"));
        text("playlist.mp4", "playlist named .mp4", playlist(canary.toString()));
    }

    /** A white segment inside, which only the key outside opens. */
    private void secret() throws IOException {
        Files.write(outside.resolve("secret.ts"), HexFormat.of().parseHex(KEY));
        FfmpegProgram.run(
                "-i",
                outside.resolve("canary.ts"),
                "-c",
                "copy",
                "-f",
                "mpegts",
                "-encryption_key",
                KEY,
                "-encryption_iv",
                KEY,
                "crypto:" + inside.resolve("crypted.ts"));
        Files.copy(inside.resolve("crypted.ts"), outside.resolve("crypted.ts"));
    }

    private void manifests() throws IOException {
        String names = "expected it to name only files below its folder";
        String id = manifest("", "$RepresentationID$/");
        String entity = "<!DOCTYPE MPD [<!ENTITY b '" + outside + "/'>]>\n<MPD";
        mpd("absolute", "absolute path", names, manifest("", outside + "/"));
        mpd("base", "absolute BaseURL", names, manifest(outside + "/", ""));
        mpd("above", "..", names, manifest("../../outside/", ""));
        mpd("file", "file:", names, manifest("file://" + outside + "/", ""));
        mpd("id", "id as path", names, id.replaceFirst("(<Representation id=\")0", "$1" + outside));
        mpd("web", "http:", names, manifest(web + "/", ""));
        mpd("entity", "entity", names, manifest("&b;", "").replaceFirst("<MPD", entity));
        Path linked = mpd("link", "symlinked folder", "expected no links out", manifest("linked/", ""));
        Files.createSymbolicLink(linked.resolve("linked"), outside);
        Path nested = mpd("nested", "in place of a segment", "expected no other manifest", manifest("", ""));
        Files.writeString(nested.resolve("init.mp4"), manifest("", outside + "/"));
    }

    /** A manifest in a folder of its own, which has nothing to be refused for. */
    private Path mpd(String name, String kind, String refusal, String text) throws IOException {
        Path own = Files.createDirectory(inside.resolve(name));
        for (String file : List.of("init.mp4", "chunk-1.m4s")) {
            Files.copy(inside.resolve(file), own.resolve(file));
        }
        add(name + "/" + name + ".mpd", "MPD, " + kind, refusal, text.getBytes(StandardCharsets.UTF_8));
        return own;
    }

    private void others() throws IOException {
        text("stream.sdp", "SDP", sdp());
        text("sdp.mp4", "SDP named .mp4", sdp());
        text("graph.lavfi", "filters", "movie=" + outside.resolve("canary.mp4"));
        text(
                "list.asx",
                "ASX",
                "<asx version=\"3.0\"><entry><ref href=\"file://" + outside.resolve("canary.mp4")
                        + "\"/></entry></asx>");
        text("list.smil", "SMIL", "<smil><body><video src=\"" + outside.resolve("canary.mp4") + "\"/></body></smil>");
        text("script.avs", "AviSynth", "DirectShowSource(\"" + outside.resolve("canary.mp4") + "\")");
        text(
                "picture.svg",
                "SVG",
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"64\" height=\"48\"><image href=\""
                        + outside.resolve("canary.png") + "\"/></svg>");
        text(
                "redirect.rtsp",
                "RTSP redirect",
                "RTSP/1.0 302 Moved\r\nLocation: file://" + outside + "/canary.mp4\r\n\r\n");
        text(
                "cpl.xml",
                "IMF",
                "<?xml version=\"1.0\"?>\n<CompositionPlaylist xmlns="
                        + "\"http://www.smpte-ra.org/schemas/2067-3/2016\"><Id>urn:uuid:8713c020-2489-45f5-a9f7-87be539e20b5</Id>"
                        + "<ContentTitle>x</ContentTitle><EditRate>24 1</EditRate></CompositionPlaylist>");
        Files.copy(inside.resolve("own.mp4"), inside.resolve("subtitles.mp4"));
        reference();
    }

    /** A film whose samples lie in another file, as QuickTime allows. */
    private void reference() throws IOException {
        byte[] own = Files.readAllBytes(outside.resolve("canary.mp4"));
        made.add(new Hostile(inside.resolve("reference.mov").toString(), "MOV, data reference", null));
        Files.write(inside.resolve("reference.mov"), DataReference.to(own, outside.resolve("canary.mp4")));
    }

    private void pictures() throws IOException {
        Files.createSymbolicLink(inside.resolve("p_1.png"), outside.resolve("canary.png"));
        FfmpegProgram.run("-f", "lavfi", "-i", "color=black:size=64x48", "-frames:v", 1, inside.resolve("own.png"));
        for (String name : new String[] {"p_%d.png", "p_?.png", "{own,p_1}.png"}) {
            Files.copy(inside.resolve("own.png"), inside.resolve(name));
            made.add(new Hostile(inside.resolve(name).toString(), "picture with a pattern's name", null));
        }
        add("wide.png", "PNG of 65500x65500", null, png(65500, 65500, false));
        add("text.png", "PNG with a text of 64 MB", null, png(64, 48, true));
        add(
                "wide.gif",
                "GIF of 65535x65535",
                null,
                HexFormat.of().parseHex("474946383961ffffffff800000000000ffffff2c00000000ffffffff0002024401003b"));
        add(
                "wide.bmp",
                "BMP of 60000x60000",
                null,
                HexFormat.of()
                        .parseHex("424d46000000000000003600000028000000" + "60ea0000" + "60ea0000" + "01001800"
                                + "00".repeat(24) + "00".repeat(16)));
        text("wide.pgm", "PGM of 60000x60000", "P5\n60000 60000\n255\n" + "x".repeat(1000));
        text(
                "wide.y4m",
                "Y4M of 60000x60000",
                "YUV4MPEG2 W60000 H60000 F25:1 Ip A1:1 C420\nFRAME\n" + "x".repeat(1000));
    }

    private void remote() {
        made.add(new Hostile(web + "/file.m3u8", "remote playlist, file:", WEB));
        made.add(new Hostile(web + "/udp.m3u8", "remote playlist, udp:", null));
        made.add(new Hostile(web + "/file.mpd", "remote MPD, file:", null));
        made.add(new Hostile(web + "/list.ffconcat", "remote ffconcat", "read from local files only"));
        made.add(new Hostile(web + "/key.m3u8", "remote playlist, key in file:", WEB));
        made.add(new Hostile(web + "/stream.sdp", "remote SDP", "opens network ports"));
    }

    /** A text that names something, and is refused for that. */
    private void naming(String name, String kind, String text) throws IOException {
        add(
                name,
                kind,
                "expected it to name only files below " + inside.toRealPath(),
                text.getBytes(StandardCharsets.UTF_8));
    }

    /** A text that FFmpeg takes for no video, or refuses by itself. */
    private void text(String name, String kind, String text) throws IOException {
        add(name, kind, null, text.getBytes(StandardCharsets.UTF_8));
    }

    private void add(String name, String kind, String refusal, byte[] bytes) throws IOException {
        Files.write(inside.resolve(name), bytes);
        made.add(new Hostile(inside.resolve(name).toString(), kind, refusal));
    }

    private static String concat(String lines) {
        return "ffconcat version 1.0\n" + lines + "\n";
    }

    static String playlist(String... segments) {
        StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:1\n");
        for (String segment : segments) {
            text.append("#EXTINF:1.0,\n").append(segment).append('\n');
        }
        return text.append("#EXT-X-ENDLIST\n").toString();
    }

    private static String encrypted(String key, String segment) {
        return playlist(segment)
                .replace("#EXTINF", "#EXT-X-KEY:METHOD=AES-128,URI=\"" + key + "\",IV=0x" + KEY + "\n#EXTINF");
    }

    /** A manifest whose names have a common base, and a prefix each. */
    private String manifest(String base, String prefix) throws IOException {
        return Files.readString(outside.resolve("own.mpd"))
                .replaceAll("(<Representation [^>]*>)", base.isEmpty() ? "$1" : "$1<BaseURL>" + base + "</BaseURL>")
                .replace("initialization=\"", "initialization=\"" + prefix)
                .replace("media=\"", "media=\"" + prefix);
    }

    private static String sdp() {
        return "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=x\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=video 45678 RTP/AVP 32\r\n";
    }

    private static byte[] png(int width, int height, boolean longText) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(0x89504e470d0a1a0aL);
        chunk(
                out,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put((byte) 8)
                        .put((byte) 2)
                        .array());
        if (longText) {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            text.write("Comment\0\0".getBytes(StandardCharsets.ISO_8859_1));
            text.write(deflated(1 << 26));
            chunk(out, "zTXt", text.toByteArray());
        }
        chunk(out, "IDAT", deflated(height * (3 * width + 1) & 0xfffff));
        chunk(out, "IEND", new byte[0]);
        return bytes.toByteArray();
    }

    private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(data);
        out.writeInt(data.length);
        out.write(name);
        out.write(data);
        out.writeInt((int) sum.getValue());
    }

    private static byte[] deflated(int zeros) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] input = new byte[1 << 20];
        byte[] output = new byte[1 << 16];
        for (int left = zeros; left > 0; left -= input.length) {
            deflater.setInput(input, 0, Math.min(left, input.length));
            for (int n = deflater.deflate(output); n > 0; n = deflater.deflate(output)) {
                out.write(output, 0, n);
            }
        }
        deflater.finish();
        while (!deflater.finished()) {
            out.write(output, 0, deflater.deflate(output));
        }
        deflater.end();
        return out.toByteArray();
    }
}
