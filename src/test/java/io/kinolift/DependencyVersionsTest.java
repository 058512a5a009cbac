package io.kinolift;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Libraries whose parts are released together are here in one version. */
class DependencyVersionsTest {
    private static final Pattern DESCRIPTION = Pattern.compile("META-INF/maven/([^/]+)/([^/]+)/pom\\.properties");
    /** Groups of Maven, and groups below them. Jackson's annotations have two numbers, and are no part of the others. */
    private static final Set<String> FAMILIES = Set.of(
            "com.fasterxml.jackson",
            "org.eclipse.jetty",
            "io.micrometer",
            "io.prometheus",
            "org.slf4j",
            "ch.qos.logback");

    @Test
    void ofEachFamilyThereIsOneVersion() throws IOException {
        Map<String, Set<String>> versions = new TreeMap<>();
        for (URL jar : Collections.list(getClass().getClassLoader().getResources("META-INF/MANIFEST.MF"))) {
            if (jar.getProtocol().equals("jar")) {
                read(jar, versions);
            }
        }
        assertThat(versions).containsKeys("com.fasterxml.jackson", "org.eclipse.jetty", "org.slf4j");
        assertThat(versions.values()).as(versions.toString()).allMatch(found -> found.size() == 1);
    }

    private static void read(URL manifest, Map<String, Set<String>> versions) throws IOException {
        try (JarFile jar =
                ((JarURLConnection) URI.create(manifest.toString()).toURL().openConnection()).getJarFile()) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                Matcher description = DESCRIPTION.matcher(entry.getName());
                if (description.matches() && !description.group(2).equals("jackson-annotations")) {
                    String version = version(jar, entry);
                    FAMILIES.stream()
                            .filter(family -> (description.group(1) + ".").startsWith(family + "."))
                            .forEach(family -> versions.computeIfAbsent(family, _ -> new TreeSet<>())
                                    .add(version));
                }
            }
        }
    }

    private static String version(JarFile jar, JarEntry entry) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = jar.getInputStream(entry)) {
            properties.load(in);
        }
        return properties.getProperty("version");
    }
}
