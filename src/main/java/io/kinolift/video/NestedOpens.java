package io.kinolift.video;

import io.kinolift.ffmpeg.VideoException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * What one container opens: FFmpeg asks here before it opens the source, and whatever the source names. The containers
 * {@link InputFormats#UNASKED} do not ask.
 */
final class NestedOpens implements AutoCloseable {
    private static final int EACCES = 13;
    private static final AtomicLong IDS = new AtomicLong();
    /** By the number that a container and those inside it carry. */
    private static final Map<Long, NestedOpens> OPEN = new ConcurrentHashMap<>();

    private final long id = IDS.incrementAndGet();
    private final NamingRule rule;
    private volatile String refusal;

    NestedOpens(NamingRule rule) {
        this.rule = rule;
    }

    void attachTo(AVFormatContext context) {
        OPEN.put(id, this);
        context.opaque(new Handle(id)).io_open(Callback.INSTANCE);
    }

    /** @throws VideoException if something was named that must not be opened */
    void requireNoneRefused() throws VideoException {
        if (refusal != null) {
            throw new VideoException(refusal);
        }
    }

    private boolean mayOpen(String url) {
        Optional<String> reason = rule.refusal(url);
        if (reason.isPresent() && refusal == null) {
            refusal = reason.get();
        }
        return reason.isEmpty();
    }

    @Override
    public void close() {
        OPEN.remove(id);
    }

    /** A number where FFmpeg keeps a pointer for its user. */
    private static final class Handle extends Pointer {
        private Handle(long number) {
            address = number;
        }
    }

    /** JavaCPP has room for few objects of this class at a time: there is one. */
    private static final class Callback
            extends AVFormatContext.Io_open_AVFormatContext_PointerPointer_BytePointer_int_PointerPointer {
        private static final Callback INSTANCE = new Callback();

        @Override
        public int call(
                AVFormatContext context, PointerPointer opened, BytePointer url, int flags, PointerPointer options) {
            try {
                Pointer number = context.opaque();
                NestedOpens container = number == null ? null : OPEN.get(number.address());
                boolean read = (flags & avformat.AVIO_FLAG_WRITE) == 0;
                return container != null && read && container.mayOpen(url.getString(StandardCharsets.UTF_8))
                        ? avformat.avio_open2(opened, url, flags, context.interrupt_callback(), options)
                        : -EACCES;
            } catch (RuntimeException _) {
                return -EACCES;
            }
        }
    }
}
