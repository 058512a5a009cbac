package io.kinolift.topology;

import io.kinolift.codec.DecoderLimits;
import io.kinolift.codec.EncoderSettings;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.FrameCodecs;
import io.kinolift.codec.FrameDecoder;
import io.kinolift.codec.FrameEncoder;
import io.kinolift.frame.Codec;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** Codecs between two uses. Opening one costs more than a small frame, so they are kept: as many as threads need. */
public final class CodecPool implements AutoCloseable {
    private static final int MAX_FORMATS = 32;

    private final DecoderLimits limits;
    private final EncoderSettings encoderSettings;
    private final Map<Codec, Deque<FrameDecoder>> decoders = new LinkedHashMap<>();
    /** In order of use; the formats of streams that ended fall out at the end. */
    private final Map<FrameFormat, Deque<FrameEncoder>> encoders = new LinkedHashMap<>(16, 0.75f, true);

    CodecPool(TopologySettings settings) {
        this(new DecoderLimits(settings.limits().maxPixels()), settings.encoder());
    }

    public CodecPool(DecoderLimits limits, EncoderSettings encoderSettings) {
        this.limits = limits;
        this.encoderSettings = encoderSettings;
    }

    public Picture decode(FrameFormat expected, byte[] payload) throws FrameCodecException {
        FrameDecoder decoder = takeDecoder(expected.codec());
        try {
            return decoder.decode(expected, payload);
        } finally {
            giveBack(expected.codec(), decoder);
        }
    }

    public byte[] encode(FrameFormat format, Picture picture) throws FrameCodecException {
        FrameEncoder encoder = takeEncoder(format);
        try {
            return encoder.encode(picture);
        } finally {
            giveBack(format, encoder);
        }
    }

    private synchronized FrameDecoder takeDecoder(Codec codec) {
        Deque<FrameDecoder> idle = decoders.get(codec);
        return idle == null || idle.isEmpty() ? FrameCodecs.decoder(codec, limits) : idle.pop();
    }

    private synchronized void giveBack(Codec codec, FrameDecoder decoder) {
        decoders.computeIfAbsent(codec, c -> new ArrayDeque<>()).push(decoder);
    }

    private FrameEncoder takeEncoder(FrameFormat format) throws FrameCodecException {
        synchronized (this) {
            Deque<FrameEncoder> idle = encoders.get(format);
            if (idle != null && !idle.isEmpty()) {
                return idle.pop();
            }
        }
        return FrameCodecs.encoder(format, encoderSettings);
    }

    private synchronized void giveBack(FrameFormat format, FrameEncoder encoder) {
        encoders.computeIfAbsent(format, f -> new ArrayDeque<>()).push(encoder);
        if (encoders.size() > MAX_FORMATS) {
            Map.Entry<FrameFormat, Deque<FrameEncoder>> eldest = encoders.entrySet().iterator().next();
            eldest.getValue().forEach(FrameEncoder::close);
            encoders.remove(eldest.getKey());
        }
    }

    @Override
    public synchronized void close() {
        decoders.values().forEach(idle -> idle.forEach(FrameDecoder::close));
        encoders.values().forEach(idle -> idle.forEach(FrameEncoder::close));
        decoders.clear();
        encoders.clear();
    }
}
