package io.kinolift.cli;

import io.kinolift.video.Allowed;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** What playlists and other files may name that are read as videos. */
final class AllowOptions {
    @Option(
            names = "--allow-files",
            paramLabel = "DIR",
            description =
                    "files below DIR may be named by a playlist or script that is read; without it, only those below"
                            + " its own folder. May be repeated")
    private List<Path> folders = List.of();

    @Option(
            names = "--allow-protocols",
            paramLabel = "NAME",
            split = ",",
            description = "protocols of FFmpeg whose addresses may be named by a file that is read, such as http,https;"
                    + " rtp,udp for an SDP file")
    private Set<String> protocols = Set.of();

    Allowed allowed() {
        if (protocols.contains("file")) {
            throw new UsageException("expected protocols of a network for --allow-protocols, found file"
                    + " (--allow-files DIR allows files)");
        }
        return new Allowed(folders, protocols, true);
    }
}
