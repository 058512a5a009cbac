package io.kinolift.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The results of a run of races.
 *
 * @param peak multiply-adds per second that one core reaches
 */
public record BenchReport(Machine machine, double peak, List<Entry> entries) {
    /**
     * One race.
     *
     * @param multiplyAdds per output frame; 0 if memory is the limit rather than arithmetic
     * @param standings Kinolift first
     * @param wrong contenders that were not timed
     * @param stageSeconds Kinolift's thread time per output frame by stage; empty if there is one stage only
     */
    public record Entry(
            String name,
            double multiplyAdds,
            List<Race.Standing> standings,
            List<Wrong> wrong,
            Map<String, Double> stageSeconds) {}

    /**
     * A contender whose pictures are not those of the workload.
     *
     * @param difference one of its samples
     */
    public record Wrong(String contender, String difference) {}

    /** Where it ran. */
    public record Machine(String cpu, int cores, String java, LocalDate date) {
        /** This one. */
        public static Machine here() {
            return new Machine(
                    cpuName(),
                    Runtime.getRuntime().availableProcessors(),
                    System.getProperty("java.vm.name") + " " + Runtime.version(),
                    LocalDate.now(ZoneId.systemDefault()));
        }

        private static String cpuName() {
            try {
                // Linux only; elsewhere the architecture has to be enough.
                for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
                    if (line.startsWith("model name")) {
                        return line.substring(line.indexOf(':') + 1).strip();
                    }
                }
            } catch (IOException e) {
                return System.getProperty("os.arch");
            }
            return System.getProperty("os.arch");
        }

        @Override
        public String toString() {
            return cpu + ", " + cores + " cores, " + java + ", " + date;
        }
    }

    /** One race as lines for a terminal. */
    public List<String> table(Entry entry) {
        List<String> lines = new ArrayList<>();
        lines.add(entry.name());
        for (Race.Standing standing : entry.standings()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-32s %9.3f ms %8.2f x ours",
                    standing.contender(),
                    standing.seconds() * 1000,
                    standing.ratio()));
        }
        for (Wrong wrong : entry.wrong()) {
            lines.add(String.format("  %-32s not timed, wrong: %s", wrong.contender(), wrong.difference()));
        }
        if (entry.multiplyAdds() > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %.1f of at most %.1f thousand million multiply-adds per second: %.0f %%",
                    perSecond(entry) / 1e9,
                    peak / 1e9,
                    100 * perSecond(entry) / peak));
        }
        if (!entry.stageSeconds().isEmpty()) {
            StringJoiner stages = new StringJoiner(", ", "  thread time per output: ", "");
            entry.stageSeconds()
                    .forEach((stage, seconds) ->
                            stages.add(String.format(Locale.ROOT, "%s %.2f ms", stage, seconds * 1000)));
            lines.add(stages.toString());
        }
        return lines;
    }

    private static double perSecond(Entry entry) {
        return entry.multiplyAdds() / entry.standings().getFirst().seconds();
    }

    /** Writes everything as JSON; times in seconds per output frame. */
    public void writeJson(Path file) throws IOException {
        try (Writer writer = Files.newBufferedWriter(file);
                JsonGenerator json = new JsonFactory().createGenerator(writer).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeStringField("cpu", machine.cpu());
            json.writeNumberField("cores", machine.cores());
            json.writeStringField("java", machine.java());
            json.writeStringField("date", machine.date().toString());
            json.writeNumberField("peakMultiplyAddsPerSecond", peak);
            json.writeArrayFieldStart("races");
            for (Entry entry : entries) {
                json.writeStartObject();
                json.writeStringField("name", entry.name());
                if (entry.multiplyAdds() > 0) {
                    json.writeNumberField("multiplyAddsPerFrame", entry.multiplyAdds());
                    json.writeNumberField("shareOfPeak", perSecond(entry) / peak);
                }
                if (!entry.stageSeconds().isEmpty()) {
                    json.writeObjectFieldStart("stageSeconds");
                    for (Map.Entry<String, Double> stage : entry.stageSeconds().entrySet()) {
                        json.writeNumberField(stage.getKey(), stage.getValue());
                    }
                    json.writeEndObject();
                }
                json.writeArrayFieldStart("contenders");
                for (Race.Standing standing : entry.standings()) {
                    json.writeStartObject();
                    json.writeStringField("name", standing.contender());
                    json.writeNumberField("secondsPerFrame", standing.seconds());
                    json.writeNumberField("timesOurs", standing.ratio());
                    json.writeEndObject();
                }
                json.writeEndArray();
                if (!entry.wrong().isEmpty()) {
                    json.writeArrayFieldStart("wrong");
                    for (Wrong wrong : entry.wrong()) {
                        json.writeStartObject();
                        json.writeStringField("name", wrong.contender());
                        json.writeStringField("difference", wrong.difference());
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }
}
