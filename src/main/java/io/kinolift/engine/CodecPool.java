package io.kinolift.engine;

import io.kinolift.codec.DecoderLimits;
import io.kinolift.codec.EncoderSettings;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.FrameCodecs;
import io.kinolift.codec.FrameDecoder;
import io.kinolift.codec.FrameEncoder;
import io.kinolift.codec.PayloadBuffer;
import io.kinolift.frame.Codec;
import io.kinolift.frame.FrameFormat;
import io.kinolift.frame.Picture;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Codecs between two uses. Opening one costs more than a small frame, so they are kept: as many as threads need. */
public final class CodecPool implements AutoCloseable {
    private static final int MAX_FORMATS = 32;

    private final DecoderLimits limits;
    private final Map<Codec, Deque<FrameDecoder>> decoders = new LinkedHashMap<>();
    /** In order of use; the formats of streams that ended fall out at the end. */
    private final Map<Encoding, Deque<FrameEncoder>> encoders = new LinkedHashMap<>(16, 0.75f, true);

    /** As many as have been in use at once, shared by all formats. */
    private final Deque<PayloadBuffer> buffers = new ArrayDeque<>();

    /** The format and settings of an encoder. */
    private record Encoding(FrameFormat format, EncoderSettings settings) {}

    public CodecPool(DecoderLimits limits) {
        this.limits = limits;
    }

    public Picture decode(FrameFormat expected, ByteBuffer payload) throws FrameCodecException {
        if (expected.codec().isInterCoded()) {
            throw new FrameCodecException(
                    FrameCodecException.Reason.UNSUPPORTED,
                    "expected a frame that decodes alone, found one of " + expected.codec()
                            + ", which refers to others");
        }
        FrameDecoder decoder = takeDecoder(expected.codec());
        try {
            return decoder.decode(expected, payload);
        } finally {
            giveBack(expected.codec(), decoder);
        }
    }

    /** Encodes once, however many bytes that gives. */
    public EncodedPayload encode(FrameFormat format, Picture picture, EncoderSettings settings)
            throws FrameCodecException {
        FrameEncoding once = new FrameEncoding(List.of(format.codec()), settings, settings.quality());
        return encode(format, picture, once, Integer.MAX_VALUE);
    }

    /**
     * Encodes at the settings' quality, and where that gives too many bytes at half of it, and so on down to a floor. A
     * function of the picture and the numbers alone.
     *
     * @param encoding a floor of at most the settings' quality means one attempt
     * @param maxBytes how many bytes are wanted at most
     * @return the bytes of the last attempt, which may still be too many
     */
    EncodedPayload encode(FrameFormat format, Picture picture, FrameEncoding encoding, int maxBytes)
            throws FrameCodecException {
        PayloadBuffer buffer = takeBuffer();
        try {
            return new EncodedPayload(encode(format, picture, encoding, maxBytes, buffer), () -> giveBack(buffer));
        } catch (FrameCodecException | RuntimeException | Error e) {
            giveBack(buffer);
            throw e;
        }
    }

    private ByteBuffer encode(
            FrameFormat format, Picture picture, FrameEncoding encoding, int maxBytes, PayloadBuffer buffer)
            throws FrameCodecException {
        EncoderSettings settings = encoding.settings();
        ByteBuffer payload = encode(new Encoding(format, settings), picture, buffer);
        while (payload.remaining() > maxBytes
                && settings.quality() < encoding.qualityFloor()
                && !format.codec().isLossless()) {
            settings = settings.lower(encoding.qualityFloor());
            payload = encode(new Encoding(format, settings), picture, buffer);
        }
        return payload;
    }

    private ByteBuffer encode(Encoding encoding, Picture picture, PayloadBuffer buffer) throws FrameCodecException {
        FrameEncoder encoder = takeEncoder(encoding);
        try {
            return encoder.encode(picture, buffer);
        } finally {
            giveBack(encoding, encoder);
        }
    }

    private synchronized PayloadBuffer takeBuffer() {
        return buffers.isEmpty() ? new PayloadBuffer() : buffers.pop();
    }

    private synchronized void giveBack(PayloadBuffer buffer) {
        buffers.push(buffer);
    }

    private synchronized FrameDecoder takeDecoder(Codec codec) {
        Deque<FrameDecoder> idle = decoders.get(codec);
        return idle == null || idle.isEmpty() ? FrameCodecs.decoder(codec, limits) : idle.pop();
    }

    private synchronized void giveBack(Codec codec, FrameDecoder decoder) {
        decoders.computeIfAbsent(codec, c -> new ArrayDeque<>()).push(decoder);
    }

    private FrameEncoder takeEncoder(Encoding encoding) throws FrameCodecException {
        synchronized (this) {
            Deque<FrameEncoder> idle = encoders.get(encoding);
            if (idle != null && !idle.isEmpty()) {
                return idle.pop();
            }
        }
        return FrameCodecs.encoder(encoding.format(), encoding.settings());
    }

    private synchronized void giveBack(Encoding encoding, FrameEncoder encoder) {
        encoders.computeIfAbsent(encoding, e -> new ArrayDeque<>()).push(encoder);
        if (encoders.size() > MAX_FORMATS) {
            Map.Entry<Encoding, Deque<FrameEncoder>> eldest =
                    encoders.entrySet().iterator().next();
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
