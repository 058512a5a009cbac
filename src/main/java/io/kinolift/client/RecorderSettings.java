package io.kinolift.client;

import io.kinolift.codec.EncoderSettings;
import io.kinolift.frame.Codec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Settings of a recorder, parsed from its options.
 *
 * @param codec null takes JPEG for RGB of 8 bits, and the usual one of all other formats
 * @param session null: the start time in milliseconds
 * @param resize whether pictures get the size of the recorder
 */
record RecorderSettings(
        String topic,
        Long session,
        Codec codec,
        EncoderSettings encoder,
        int threads,
        long inFlightBytes,
        boolean resize,
        Map<String, String> kafka) {
    static final String FRAMES_TOPIC = "kinolift.frames";

    private static final String AUTO = "auto";
    private static final long USUAL_IN_FLIGHT = 64L << 20;
    private static final int USUAL_THREADS = 4;
    private static final int MAX_THREADS = 64;
    private static final double USUAL_QUALITY = 2;

    /**
     * Reads options.
     *
     * @param codecName by JavaCV's own setter; null if not set
     * @param quality by JavaCV's own setter; negative if not set
     * @throws IllegalArgumentException naming an option that is out of range
     */
    static RecorderSettings of(List<Map<String, String>> given, String codecName, double quality) {
        Set<String> known = new HashSet<>(ProducerConfig.configNames());
        known.addAll(AdminClientConfig.configNames());
        Options options = new Options(Options.OF_RECORDER, known, given);
        List<String> codecs = new ArrayList<>(List.of(AUTO));
        Codec.written().stream()
                .map(codec -> codec.name().toLowerCase(Locale.ROOT))
                .forEach(codecs::add);
        String codec = options.word(Options.CODEC, codecName == null ? AUTO : codecName, codecs);
        int cores = Runtime.getRuntime().availableProcessors();
        long usualQuality = Math.round(quality < 0 ? USUAL_QUALITY : quality);
        return new RecorderSettings(
                options.text(Options.TOPIC, FRAMES_TOPIC),
                options.has(Options.SESSION) ? options.number(Options.SESSION, 0, 0, Long.MAX_VALUE) : null,
                codec.equals(AUTO) ? null : Codec.valueOf(codec.toUpperCase(Locale.ROOT)),
                new EncoderSettings((int) options.number(Options.QUALITY, usualQuality, 1, 31), false),
                (int) options.number(Options.THREADS, Math.min(USUAL_THREADS, cores), 1, MAX_THREADS),
                options.number(Options.IN_FLIGHT, USUAL_IN_FLIGHT, 1, Long.MAX_VALUE / 2),
                options.word(Options.RESIZE, "off", List.of("off", "on")).equals("on"),
                options.kafka());
    }
}
