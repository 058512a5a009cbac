package io.kinolift.sizing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kinolift.bench.BenchReport;
import io.kinolift.frame.Codec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Figures as a JSON file, so that they are measured once. */
public final class FiguresFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private FiguresFile() {}

    public static void write(Figures figures, Path file) throws IOException {
        JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), json(figures));
    }

    /** The figures as a JSON object. */
    static ObjectNode json(Figures figures) {
        ObjectNode root = JSON.createObjectNode();
        root.putObject("machine")
                .put("cpu", figures.machine().cpu())
                .put("cores", figures.machine().cores())
                .put("java", figures.machine().java())
                .put("date", figures.machine().date().toString());
        Job job = figures.job();
        ObjectNode about = root.putObject("job")
                .put("in", job.input().toString())
                .put("out", job.output().toString())
                .put("inputCodec", job.inputCodec().name().toLowerCase(Locale.ROOT))
                .put("outputCodec", job.outputCodec().name().toLowerCase(Locale.ROOT))
                .put("operator", job.operator())
                .put("window", job.window())
                .put("commitMillis", job.commitMillis());
        new TreeMap<>(job.settings()).forEach(about.putObject("settings")::put);
        Figures.Load load = figures.load();
        ObjectNode loads = root.putObject("load").put("rate", load.rate());
        load.streams().forEach(loads.putArray("streams")::add);
        Figures.Processor processor = figures.processor();
        ObjectNode cores = root.putObject("processor")
                .put("workers", processor.workers())
                .put("serialShare", processor.serialShare());
        put(cores.putArray("cores"), "cores", processor.cores());
        put(cores.putArray("windowSeconds"), processor.window());
        put(cores.putArray("commitSeconds"), processor.commit());
        Figures.Bytes bytes = figures.bytes();
        ObjectNode written = root.putObject("bytes")
                .put("input", bytes.input())
                .put("output", bytes.output())
                .put("accounts", bytes.accounts())
                .put("coordination", bytes.coordination());
        put(written.putArray("changelog"), "bytesPerSecond", bytes.changelog());
        Figures.Memory memory = figures.memory();
        root.putObject("memory")
                .put("base", memory.base())
                .put("perStream", memory.perStream())
                .put("heapLimit", memory.heapLimit())
                .put("heapBase", memory.heapBase())
                .put("heapPerStream", memory.heapPerStream());
        root.putObject("restart")
                .put("same", figures.restart().same())
                .put("other", figures.restart().other())
                .put("changelogBytesPerSecond", figures.restart().changelogBytesPerSecond());
        return root;
    }

    private static void put(ArrayNode array, String cost, Curve curve) {
        curve.points()
                .forEach(
                        point -> array.addObject().put("inputs", point.inputs()).put(cost, point.cost()));
    }

    private static void put(ArrayNode array, Samples samples) {
        samples.parts().forEach(array::add);
    }

    /**
     * Reads a file that {@link #write} has written.
     *
     * @throws IllegalArgumentException if it is another file, naming what was expected where
     */
    public static Figures read(Path file) throws IOException {
        try {
            return figures(JSON.readTree(Files.readAllBytes(file)));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException("expected JSON in " + file + ", found " + e.getOriginalMessage());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException(e.getMessage() + " in " + file);
        }
    }

    private static Figures figures(JsonNode root) {
        return new Figures(
                new BenchReport.Machine(
                        text(root, "/machine/cpu"),
                        (int) number(root, "/machine/cores"),
                        text(root, "/machine/java"),
                        LocalDate.parse(text(root, "/machine/date"))),
                job(root),
                new Figures.Load(
                        numbers(root, "/load/streams").stream()
                                .map(Double::intValue)
                                .toList(),
                        number(root, "/load/rate")),
                new Figures.Processor(
                        curve(root, "/processor/cores", "cores"),
                        (int) number(root, "/processor/workers"),
                        number(root, "/processor/serialShare"),
                        new Samples(numbers(root, "/processor/windowSeconds")),
                        new Samples(numbers(root, "/processor/commitSeconds"))),
                new Figures.Bytes(
                        number(root, "/bytes/input"),
                        number(root, "/bytes/output"),
                        curve(root, "/bytes/changelog", "bytesPerSecond"),
                        number(root, "/bytes/accounts"),
                        number(root, "/bytes/coordination")),
                new Figures.Memory(
                        number(root, "/memory/base"),
                        number(root, "/memory/perStream"),
                        number(root, "/memory/heapLimit"),
                        number(root, "/memory/heapBase"),
                        number(root, "/memory/heapPerStream")),
                new Figures.Restart(
                        number(root, "/restart/same"),
                        number(root, "/restart/other"),
                        number(root, "/restart/changelogBytesPerSecond")));
    }

    private static Job job(JsonNode root) {
        Map<String, String> settings = new HashMap<>();
        root.at("/job/settings")
                .properties()
                .forEach(entry -> settings.put(entry.getKey(), entry.getValue().asText()));
        return new Job(
                VideoShape.parse(text(root, "/job/in")),
                VideoShape.parse(text(root, "/job/out")),
                codec(text(root, "/job/inputCodec")),
                codec(text(root, "/job/outputCodec")),
                text(root, "/job/operator"),
                (int) number(root, "/job/window"),
                (long) number(root, "/job/commitMillis"),
                settings);
    }

    private static Codec codec(String name) {
        return Codec.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static Curve curve(JsonNode root, String path, String cost) {
        List<Curve.Point> points = new ArrayList<>();
        for (int i = 0; i < root.at(path).size(); i++) {
            points.add(new Curve.Point(
                    number(root, path + "/" + i + "/inputs"), number(root, path + "/" + i + "/" + cost)));
        }
        return new Curve(points);
    }

    private static List<Double> numbers(JsonNode root, String path) {
        List<Double> numbers = new ArrayList<>();
        for (int i = 0; i < root.at(path).size(); i++) {
            numbers.add(number(root, path + "/" + i));
        }
        return numbers;
    }

    private static String text(JsonNode root, String path) {
        JsonNode value = root.at(path);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("expected a text at " + path + ", found " + found(value));
        }
        return value.asText();
    }

    private static double number(JsonNode root, String path) {
        JsonNode value = root.at(path);
        if (!value.isNumber() || value.asDouble() < 0) {
            throw new IllegalArgumentException(
                    "expected a number of at least 0 at " + path + ", found " + found(value));
        }
        return value.asDouble();
    }

    private static String found(JsonNode value) {
        return value.isMissingNode() ? "nothing" : value.toString();
    }
}
