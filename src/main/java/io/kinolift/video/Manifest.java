package io.kinolift.video;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * DASH manifests in local files. FFmpeg makes names of their parts and opens them without asking. Whatever it makes of the
 * parts that are accepted here lies below the manifest's folder. A link or another manifest in there could still lead out,
 * so there must be none.
 */
final class Manifest {
    /** Parts of names. None begins with a slash or a dot, and none has a colon or two dots. */
    private static final Pattern NAME = Pattern.compile("(?:[\\p{L}\\p{N}_$%+,=@~()-]++[./]?+(?![./]))*+");
    /** What FFmpeg puts in for $RepresentationID$ and $Bandwidth$. */
    private static final Pattern ID = Pattern.compile("[\\p{L}\\p{N}_-]+");

    private static final Pattern BEFORE_XML = Pattern.compile("^(?:\\xEF\\xBB\\xBF)?\\s*");

    private static final Set<String> NAMES = Set.of("media", "initialization", "sourceurl", "index");
    private static final Set<String> IDS = Set.of("id", "bandwidth");
    private static final Set<String> NAME_ELEMENTS = Set.of("baseurl", "location", "patchlocation");
    /** As many as FFmpeg looks at before it knows what a file is. */
    private static final int MANY_BYTES = 1 << 20;

    private static final int FEW_BYTES = 4096;
    private static final int MOST_FILES = 100_000;

    private Manifest() {}

    /** Why the manifest must not be used; null if it may. */
    static String refusal(Path manifest, byte[] bytes, Allowed allowed) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
            while (reader.hasNext()) {
                String name = refused(reader, reader.next());
                if (name != null) {
                    return "expected it to name only files below its folder, in plain relative paths, found \""
                            + NamingRule.printable(name) + '"' + allowed.hint("--allow-files /");
                }
            }
            String way = wayOut(manifest.toAbsolutePath().getParent().toRealPath(), manifest);
            return way == null ? null : way + allowed.hint("--allow-files /");
        } catch (XMLStreamException e) {
            return "expected a DASH manifest, found no XML: " + NamingRule.printable(e.getMessage());
        }
    }

    private static String refused(XMLStreamReader reader, int event) throws XMLStreamException {
        if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
            return "<!DOCTYPE";
        }
        if (event != XMLStreamConstants.START_ELEMENT) {
            return null;
        }
        boolean representation = lower(reader.getLocalName()).equals("representation");
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String attribute = lower(reader.getAttributeLocalName(i));
            String value = reader.getAttributeValue(i);
            boolean bad = (NAMES.contains(attribute) && !NAME.matcher(value).matches())
                    || (representation
                            && IDS.contains(attribute)
                            && !ID.matcher(value).matches())
                    || attribute.equals("href");
            if (bad) {
                return value;
            }
        }
        if (NAME_ELEMENTS.contains(lower(reader.getLocalName()))) {
            String text = reader.getElementText();
            return NAME.matcher(text).matches() ? null : text;
        }
        return null;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** What lies below the folder must not lead out of it. */
    private static String wayOut(Path folder, Path manifest) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            int seen = 0;
            for (Path file : (Iterable<Path>) files::iterator) {
                if (Files.isSymbolicLink(file)) {
                    if (!Files.exists(file) || !file.toRealPath().startsWith(folder)) {
                        return "expected no links out of its folder, found " + file;
                    }
                } else if (Files.isRegularFile(file) && !Files.isSameFile(file, manifest) && isManifest(file)) {
                    // Where FFmpeg finds a manifest instead of a segment, it opens all that this one names.
                    return "expected no other manifest in its folder, found " + file;
                }
                if (++seen > MOST_FILES) {
                    return "expected at most " + MOST_FILES + " files in its folder, found more";
                }
            }
            return null;
        }
    }

    private static boolean isManifest(Path file) throws IOException {
        String begin = BEFORE_XML.matcher(NestedFiles.begin(file, FEW_BYTES)).replaceFirst("");
        return (begin.isEmpty() || begin.startsWith("<"))
                && NestedFiles.begin(file, MANY_BYTES).contains("<MPD");
    }
}
