package io.kinolift.transfer;

import io.kinolift.avro.VideoFrame;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.group.AccessUnit;
import io.kinolift.codec.group.Continuity;
import io.kinolift.codec.group.LeftOut;
import io.kinolift.codec.group.LeftOutCount;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.frame.FrameFormat;
import io.kinolift.wire.FrameRecords;
import io.kinolift.wire.MalformedRecordException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.zip.CRC32C;

/**
 * Hands frames over as they are, in the order of their records: those that can be decoded, as far as can be seen without
 * doing so. All have the format of the first.
 */
final class CopiedDelivery implements Delivery {
    /** Frames that may be sent again. */
    private static final int REMEMBERED = 1024;

    private final Collect.Sink sink;
    private final LongConsumer progress;
    private final Predicate<EncodedFrame> wanted;
    private final Continuity continuity = new Continuity(true);
    private final LeftOutCount leftOut = new LeftOutCount();
    /** Checksums of payloads that were handed over, by sequence. */
    private final Map<Long, Long> written = new LinkedHashMap<>();

    private FrameFormat format;
    private FrameFormat other;
    private long session;
    private long frames;

    /** @param wanted whether a frame that no other refers to is handed over */
    CopiedDelivery(Collect.Sink sink, LongConsumer progress, Predicate<EncodedFrame> wanted) {
        this.sink = sink;
        this.progress = progress;
        this.wanted = wanted;
    }

    @Override
    public void add(VideoFrame record) throws TransferException {
        EncodedFrame frame;
        try {
            frame = FrameRecords.frame(record);
        } catch (MalformedRecordException e) {
            var _ = lost("frame " + record.getSequence() + ": " + e.getMessage());
            return;
        }
        switch (continuity.judge(frame)) {
            case Continuity.Unusable(LeftOut left) -> leftOut.add(left);
            case Continuity.Usable(Continuity.Place place, boolean _, boolean repeated) -> {
                if (repeated) {
                    compare(frame);
                } else if (isWhole(frame) && isShown(frame, place)) {
                    hand(frame);
                }
            }
        }
    }

    private boolean isWhole(EncodedFrame frame) {
        if (!frame.format().codec().isInterCoded()) {
            return true;
        }
        try {
            AccessUnit.require(frame.format().codec(), frame.payload(), frame.keyFrame());
            return true;
        } catch (FrameCodecException e) {
            String reason = "frame " + frame.sequence() + ": " + e.getMessage();
            leftOut.damaged(reason);
            continuity.lose(reason);
            return false;
        }
    }

    /** What refers to a second copy that differs from the first cannot be decoded from what is in the file. */
    private void compare(EncodedFrame frame) {
        Long before = frame.session() == session ? written.get(frame.sequence()) : null;
        if (before == null || before != checksum(frame.payload())) {
            continuity.lose("frame " + frame.sequence() + " was sent again with other bytes");
        }
    }

    /** A file cannot be cut more sharply: of reordered frames, some behind the end may be needed by others before it. */
    private boolean isShown(EncodedFrame frame, Continuity.Place place) {
        boolean inOrder = place == Continuity.Place.ALONE || frame.dts() == EncodedFrame.NO_DTS;
        return !inOrder || wanted.test(frame);
    }

    private void hand(EncodedFrame frame) throws TransferException {
        if (format == null) {
            format = frame.format();
        } else if (!frame.format().equals(format)) {
            other = frame.format();
            return;
        }
        if (frame.session() != session) {
            session = frame.session();
            written.clear();
        }
        if (frame.format().codec().isInterCoded()) {
            written.put(frame.sequence(), checksum(frame.payload()));
            if (written.size() > REMEMBERED) {
                written.remove(written.keySet().iterator().next());
            }
        }
        sink.frame(frame, null);
        progress.accept(frame.sequence());
        frames++;
    }

    private static long checksum(ByteBuffer payload) {
        CRC32C checksum = new CRC32C();
        checksum.update(payload);
        return checksum.getValue();
    }

    /** Decoding cannot begin between key frames. */
    @Override
    public void early(VideoFrame record) {}

    @Override
    public void restart() {
        continuity.restart();
        written.clear();
        sink.restart();
    }

    @Override
    public boolean lost(String reason) {
        leftOut.damaged(reason);
        continuity.lose(reason);
        return true;
    }

    @Override
    public boolean isFull() {
        return other != null;
    }

    @Override
    public void finish() {}

    @Override
    public long frames() {
        return frames;
    }

    @Override
    public String leftOut() {
        String rest = leftOut.remark();
        return other == null
                ? rest
                : "what comes after another format is left out: expected " + format + ", as at the start, found "
                        + other + " (without --video-codec copy it is fitted)" + (rest.isEmpty() ? "" : "; " + rest);
    }
}
