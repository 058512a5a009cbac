package io.kinolift.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.runtime.Version;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What a stranger downloads: {@code mvn -Prelease verify} on Linux, x86-64. */
@EnabledIfSystemProperty(named = "kinolift.release", matches = "true")
class ReleaseIT {
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final String NAME = "kinolift-" + Version.NUMBER;
    private static final String IMAGE = NAME + "-linux-x86_64";
    private static final String PACKAGE = "kinolift_" + Version.NUMBER + "_amd64.deb";
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;
    private static final int FRAMES = 10;

    @TempDir
    private Path folder;

    @Test
    void theSums_areThoseOfAllFiles() throws Exception {
        Map<String, String> sums = new TreeMap<>();
        for (String line : Files.readAllLines(TARGET.resolve("SHA256SUMS"))) {
            sums.put(line.substring(66), line.substring(0, 64));
        }
        assertThat(sums)
                .containsOnlyKeys(NAME + ".sbom.json", NAME + ".tar.gz", NAME + ".zip", IMAGE + ".tar.gz", PACKAGE);
        for (Map.Entry<String, String> sum : sums.entrySet()) {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(TARGET.resolve(sum.getKey())));
            assertThat(HexFormat.of().formatHex(digest)).as(sum.getKey()).isEqualTo(sum.getValue());
        }
    }

    @Test
    void tarAndZip_holdTheDistribution_andEachSystemCanReadItsScript() throws Exception {
        Map<String, TarArchiveEntry> inTar = tar(NAME);
        Set<String> distribution;
        try (Stream<Path> files = Files.walk(TARGET.resolve("kinolift"))) {
            distribution = files.filter(Files::isRegularFile)
                    .map(file -> NAME + "/" + TARGET.resolve("kinolift").relativize(file))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        assertThat(inTar.keySet()).isEqualTo(distribution);
        assertThat(inTar.get(NAME + "/bin/kinolift").getMode() & 0777).isEqualTo(0755);
        try (ZipFile zip = new ZipFile(TARGET.resolve(NAME + ".zip").toFile())) {
            assertThat(zip.stream().filter(entry -> !entry.isDirectory()).map(entry -> entry.getName()))
                    .containsExactlyInAnyOrderElementsOf(distribution);
            String script = new String(
                    zip.getInputStream(zip.getEntry(NAME + "/bin/kinolift.bat")).readAllBytes(),
                    StandardCharsets.UTF_8);
            assertThat(script.replace("\r\n", "")).doesNotContain("\n");
        }
    }

    @Test
    void itsJava_hasTheModulesOfAllLibraries() throws Exception {
        Path classes = folder.resolve("classes");
        try (Stream<Path> files = Files.walk(TARGET.resolve("kinolift/lib"))) {
            for (Path jar :
                    files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                unpackClasses(jar, classes);
            }
        }
        String modules = Podman.execute(
                        Duration.ofMinutes(1),
                        List.of(TARGET.resolve("runtime/bin/java").toString(), "--list-modules"))
                .orFail()
                .replaceAll("@\\S+", "");
        assertThat(modules.lines()).containsAll(Modules.referredToBy(classes)).containsAll(Modules.listed());
    }

    @Test
    void whereJavaIsNone_theImageUpscalesAFile() throws Exception {
        unpack(IMAGE);
        Path input = Files.write(folder.resolve("in.raw"), new byte[FRAMES * WIDTH * HEIGHT]);
        // This one would be taken next, and does nothing.
        Path other = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
        Files.writeString(other, "#!/bin/sh\nexit 9\n");
        Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path output = folder.resolve("out.mkv");
        long start = System.nanoTime();
        Podman.execute(
                        Duration.ofMinutes(3),
                        List.of(
                                "env",
                                "-i",
                                "PATH=/usr/bin:/bin",
                                "HOME=" + folder,
                                "JAVA_HOME=" + folder.resolve("jdk"),
                                folder.resolve(IMAGE).resolve("bin/kinolift").toString(),
                                "upscale",
                                input.toString(),
                                output.toString(),
                                "--input-format",
                                "rawvideo",
                                "--input-size",
                                WIDTH + "x" + HEIGHT,
                                "--input-pixel-format",
                                "gray"))
                .orFail();
        System.out.printf("first file upscaled after %.1f s%n", (System.nanoTime() - start) / 1e9);
        assertThat(output).isNotEmptyFile();
    }

    @Test
    void thePackage_staysInItsPlaces() throws Exception {
        String content = Podman.execute(
                        Duration.ofMinutes(1),
                        List.of(
                                "dpkg-deb",
                                "--contents",
                                TARGET.resolve(PACKAGE).toString()))
                .orFail();
        assertThat(content.lines().filter(line -> !line.startsWith("d")))
                .allMatch(line ->
                        line.matches(".* \\./(usr/(bin|lib/kinolift|lib/systemd/system|share)|etc/kinolift)/.*"))
                .allMatch(line -> line.contains(" root/root "))
                .anyMatch(line -> line.endsWith(" ./usr/bin/kinolift -> ../lib/kinolift/bin/kinolift"))
                .anyMatch(line -> line.matches("-rwxr-xr-x .* \\./usr/lib/kinolift/runtime/bin/java"))
                .anyMatch(line -> line.matches("-rw------- .* \\./etc/kinolift/kinolift.properties"))
                .anyMatch(line -> line.endsWith("./usr/share/man/man1/kinolift-upscale.1"))
                .noneMatch(line -> line.endsWith(".bat"));
        String version = Podman.execute(
                        Duration.ofMinutes(1),
                        List.of("dpkg-deb", "--field", TARGET.resolve(PACKAGE).toString(), "Version"))
                .orFail();
        assertThat(version).isEqualTo(Version.NUMBER);
    }

    /** Without the descriptions of modules, whose requirements jdeps would look for, and classes of other releases. */
    private static void unpackClasses(Path jar, Path folder) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (entry.getName().matches("(?!META-INF/).*(?<!module-info)\\.class")) {
                    Path file = folder.resolve(entry.getName());
                    Files.createDirectories(file.getParent());
                    Files.copy(zip.getInputStream(entry), file, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private void unpack(String name) throws Exception {
        Podman.execute(
                        Duration.ofMinutes(1),
                        List.of(
                                "tar",
                                "-C",
                                folder.toString(),
                                "-xzf",
                                TARGET.resolve(name + ".tar.gz").toString()))
                .orFail();
    }

    private static Map<String, TarArchiveEntry> tar(String name) throws IOException {
        Map<String, TarArchiveEntry> entries = new TreeMap<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new GZIPInputStream(new BufferedInputStream(Files.newInputStream(TARGET.resolve(name + ".tar.gz")))))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (!entry.isDirectory()) {
                    entries.put(entry.getName(), entry);
                }
            }
        }
        return entries;
    }
}
