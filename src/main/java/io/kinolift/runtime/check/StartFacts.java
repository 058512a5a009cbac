package io.kinolift.runtime.check;

import com.sun.management.OperatingSystemMXBean;
import io.kinolift.engine.FrameEncoding;
import io.kinolift.engine.StreamPlan;
import io.kinolift.frame.Rational;
import io.kinolift.runtime.topics.Topics;
import io.kinolift.settings.KinoliftConfig;
import io.kinolift.settings.ProcessSettings;
import io.kinolift.topology.Spread;
import io.kinolift.topology.TopologySettings;
import io.kinolift.topology.UpscaleTopology;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gathers the facts for {@link StartCheck}, and applies or reports its result. */
public final class StartFacts {
    private static final Logger LOG = LoggerFactory.getLogger(StartFacts.class);
    private static final long USUAL_LONGEST_TRANSACTION_MILLIS = 900_000;
    private static final int NOMINAL_WIDTH = 4096;

    private StartFacts() {}

    /** A frame's row in the store and its changelog: the record and where it came from. */
    public static int rowBytes(int maxFrameBytes) {
        return (int) Math.min(Integer.MAX_VALUE, maxFrameBytes + (long) (1 << 16));
    }

    /**
     * Physical memory that a start requires. One instance may have to take all tasks.
     *
     * @param nativeBytes for pictures, of each stream thread
     * @param cacheBytes of each task
     */
    public static long physicalBytes(long heapBytes, long nativeBytes, long threads, long cacheBytes, long tasks) {
        return heapBytes + nativeBytes * threads + cacheBytes * tasks;
    }

    /**
     * Corrects properties and logs the corrections.
     *
     * @param chosen the Kafka settings that somebody has set
     * @throws IllegalStateException for faults that cannot be corrected, with the settings to change
     */
    public static void check(
            Admin admin, KinoliftConfig config, TopologySettings settings, Set<String> chosen, Properties properties) {
        String mode = config.get(ProcessSettings.START_CHECK);
        if (mode.equals("off")) {
            return;
        }
        StartCheck check = new StartCheck(gather(admin, settings, properties), chosen, properties).run();
        check.corrections().forEach(correction -> LOG.info("start check: {}", correction));
        check.warnings().forEach(warning -> LOG.warn("start check: {}", warning));
        if (mode.equals("warn")) {
            check.refusals().forEach(refusal -> LOG.warn("start check: {}", refusal));
        } else if (!check.refusals().isEmpty()) {
            throw new IllegalStateException(
                    String.join("; and ", check.refusals()) + " (kinolift.start.check=warn starts all the same)");
        }
    }

    private static StartCheck.Facts gather(Admin admin, TopologySettings settings, Properties properties) {
        OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        String changelog = UpscaleTopology.changelogs(
                        properties.get(StreamsConfig.APPLICATION_ID_CONFIG).toString())
                .getFirst();
        return new StartCheck.Facts(
                settings.engine().limits().maxBytes(),
                worstWindowMillis(settings),
                windowFrames(settings),
                Runtime.getRuntime().maxMemory(),
                machine.getTotalMemorySize(),
                settings.engine().limits().maxNativeBytes(),
                cacheBytes(settings),
                settings.maxRecordBytes(),
                Topics.partitions(admin, settings.topics().inputs())
                        + settings.spread().map(Spread::lanes).orElse(0),
                changelogBytes(admin, changelog),
                longestTransactionMillis(admin));
    }

    private static long cacheBytes(TopologySettings settings) {
        boolean grouped = settings.engine().plans().all().stream()
                .anyMatch(plan -> plan.encoding().group() != null);
        return settings.engine().cacheBytes()
                + settings.engine().decoderBytes()
                + (grouped ? settings.engine().encoderBytes() : 0);
    }

    /** Core and halo of the largest window that any stream has. */
    static int windowFrames(TopologySettings settings) {
        return settings.windows().size()
                + settings.engine().plans().all().stream()
                        .map(plan -> plan.operator().timeGrid())
                        .mapToInt(grid -> grid.haloBefore() + grid.haloAfter())
                        .max()
                        .orElseThrow();
    }

    /** A window of the largest pictures allowed, by the speed of small ones: all threads work on it. */
    private static long worstWindowMillis(TopologySettings settings) {
        Map<FrameEncoding, SpeedProbe> speeds = new HashMap<>();
        return worstWindowMillis(settings, plan -> speeds.computeIfAbsent(plan.encoding(), SpeedProbe::measure));
    }

    static long worstWindowMillis(TopologySettings settings, Function<StreamPlan, SpeedProbe> speeds) {
        return settings.engine().plans().all().stream()
                .mapToLong(plan -> worstWindowMillis(settings, plan, speeds.apply(plan)))
                .max()
                .orElseThrow();
    }

    private static long worstWindowMillis(TopologySettings settings, StreamPlan plan, SpeedProbe speed) {
        long inputPixels = settings.engine().limits().maxPixels();
        long outputPixels = Math.min(
                settings.engine().limits().maxOutputPixels(),
                plan.operator().outputPixels(NOMINAL_WIDTH, (int) Math.clamp(inputPixels / NOMINAL_WIDTH, 1, 1 << 20)));
        Rational factor = plan.operator().timeGrid().factor();
        // After a failure, what the open group of outputs begins with is made again.
        double restored = (plan.encoding().groupFrames() - 1) / factor.toDouble();
        double nanos = (settings.windows().size() + restored)
                * (inputPixels * speed.nanosPerInputPixel()
                        + factor.toDouble() * outputPixels * speed.nanosPerOutputPixel());
        int cores = Math.min(settings.engine().threads(), Runtime.getRuntime().availableProcessors());
        return (long) Math.ceil(nanos / cores / 1e6);
    }

    private static int changelogBytes(Admin admin, String changelog) {
        return Topics.exists(admin, changelog) ? Topics.maxMessageBytes(admin, changelog) : Integer.MAX_VALUE;
    }

    /** The broker's bound, or the usual one where we may not ask. */
    private static long longestTransactionMillis(Admin admin) {
        try {
            String broker =
                    admin.describeCluster().nodes().get().iterator().next().idString();
            ConfigResource resource = new ConfigResource(ConfigResource.Type.BROKER, broker);
            ConfigEntry entry = admin.describeConfigs(List.of(resource))
                    .all()
                    .get()
                    .get(resource)
                    .get("transaction.max.timeout.ms");
            return entry == null ? USUAL_LONGEST_TRANSACTION_MILLIS : Long.parseLong(entry.value());
        } catch (ExecutionException e) {
            return USUAL_LONGEST_TRANSACTION_MILLIS;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for the cluster", e);
        }
    }
}
