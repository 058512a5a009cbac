package io.kinolift.wire.output;

import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.Rational;
import io.kinolift.window.Envelope;
import io.kinolift.window.SourceFrame;
import io.kinolift.wire.AccountRecord;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a {@code VideoFrame} would say, as headers of a record: decimal numbers and words, as text. Their names begin with
 * {@code kinolift.}.
 */
final class FrameHeaders {
    static final String PREFIX = "kinolift.";
    /** All of them together, with their names. */
    static final int MOST_BYTES = 1024;

    private static final long MILLIS = 1000;
    private static final long MICROS = 1_000_000;

    private FrameHeaders() {}

    /** The headers of the input frame, and those of the output. */
    static List<Envelope.Header> of(EncodedFrame frame, Envelope envelope, boolean discontinuity) {
        List<Envelope.Header> headers = new ArrayList<>();
        envelope.headers().stream()
                .filter(header -> !header.name().startsWith(PREFIX))
                .forEach(headers::add);
        add(headers, "stream", frame.streamId());
        add(headers, "session", frame.session());
        add(headers, "sequence", frame.sequence());
        add(headers, "pts", frame.pts());
        add(headers, "time.base", frame.timeBase());
        add(headers, "duration", frame.duration());
        add(headers, "width", frame.format().width());
        add(headers, "height", frame.format().height());
        add(headers, "codec", frame.format().codec().name().toLowerCase(java.util.Locale.ROOT));
        add(headers, "discontinuity", discontinuity);
        if (frame.level() > 0) {
            add(headers, "level", frame.level());
        }
        return headers;
    }

    /** The headers of a record that ends a stream. */
    static List<Envelope.Header> ofEnd(AccountRecord account, long outputs, String endHeader) {
        List<Envelope.Header> headers = new ArrayList<>();
        headers.add(new Envelope.Header(endHeader, "true".getBytes(StandardCharsets.US_ASCII)));
        add(headers, "stream", account.streamId());
        add(headers, "session", account.session());
        add(headers, "sequence", outputs);
        add(headers, "received", account.received());
        add(headers, "upscaled", account.upscaled());
        add(headers, "dead.lettered", account.deadLettered());
        add(
                headers,
                "dropped",
                account.dropped().values().stream().mapToLong(Long::longValue).sum());
        add(headers, "filled", account.filled());
        add(headers, "emitted", account.emitted());
        return headers;
    }

    private static void add(List<Envelope.Header> headers, String name, Object value) {
        headers.add(new Envelope.Header(PREFIX + name, value.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** The timestamp of an output: its input's, plus the difference of their display times. */
    static long timestampMillis(EncodedFrame output, SourceFrame owner) {
        long input = owner.envelope().timestampMillis();
        BigInteger later = units(output.pts(), output.timeBase(), MILLIS)
                .subtract(units(owner.frame().pts(), owner.frame().timeBase(), MILLIS));
        return input < 0 || later.bitLength() > Integer.SIZE ? input : Math.max(0, input + later.longValue());
    }

    /** The time of a frame in microseconds. */
    static BigInteger micros(EncodedFrame frame) {
        return units(frame.pts(), frame.timeBase(), MICROS);
    }

    private static BigInteger units(long pts, Rational timeBase, long perSecond) {
        return BigInteger.valueOf(pts)
                .multiply(BigInteger.valueOf(timeBase.numerator()))
                .multiply(BigInteger.valueOf(perSecond))
                .divide(BigInteger.valueOf(timeBase.denominator()));
    }
}
