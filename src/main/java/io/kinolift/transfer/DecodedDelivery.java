package io.kinolift.transfer;

import io.kinolift.avro.VideoFrame;
import io.kinolift.codec.DecoderLimits;
import io.kinolift.codec.group.HeldGroups;
import io.kinolift.codec.group.LeftOut;
import io.kinolift.codec.group.LeftOutCount;
import io.kinolift.codec.group.Outcome;
import io.kinolift.codec.group.Shown;
import io.kinolift.codec.group.StreamDecoder;
import io.kinolift.engine.CodecPool;
import io.kinolift.frame.Codec;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.wire.FrameRecords;
import io.kinolift.wire.MalformedRecordException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/**
 * Decodes and hands pictures over in the order of display. Frames that decode alone are decoded several at a time, and one
 * that does not decode is an error. Those that refer to others are decoded by one thread; what of them is missing or
 * damaged is left out.
 */
final class DecodedDelivery implements Delivery, AutoCloseable {
    private final CodecPool codecs;
    private final Collect.Sink sink;
    private final LongConsumer progress;
    private final Predicate<EncodedFrame> wanted;
    private final InOrder<List<Outcome>> alone;
    private final InOrder<List<Outcome>> together;
    private final StreamDecoder decoder;
    private final HeldGroups early = new HeldGroups();
    private final LeftOutCount leftOut = new LeftOutCount();
    private boolean interCoded;
    private long frames;

    /**
     * @param threads that decode
     * @param reordered as of {@link StreamDecoder}
     * @param wanted whether a frame is handed over, or only decoded for others
     */
    DecodedDelivery(
            CodecPool codecs,
            int threads,
            boolean reordered,
            Collect.Sink sink,
            LongConsumer progress,
            Predicate<EncodedFrame> wanted) {
        this.codecs = codecs;
        this.sink = sink;
        this.progress = progress;
        this.wanted = wanted;
        this.alone = new InOrder<>(threads, outcomes -> outcomes.forEach(Outcome::free));
        this.together = new InOrder<>(1, outcomes -> outcomes.forEach(Outcome::free));
        this.decoder = new StreamDecoder(DecoderLimits.DEFAULT, reordered);
    }

    @Override
    public void add(VideoFrame record) throws TransferException, InterruptedException {
        if (!isInterCoded(record)) {
            turnTo(false);
            submit(alone, () -> {
                EncodedFrame frame = FrameRecords.frame(record);
                return List.of(new Shown(frame, codecs.decode(frame.format(), frame.payload()), false));
            });
            return;
        }
        turnTo(true);
        EncodedFrame frame = read(record);
        if (frame != null) {
            for (EncodedFrame before : early.take()) {
                submit(together, () -> decode(before));
            }
            submit(together, () -> decode(frame));
        }
    }

    @Override
    public void early(VideoFrame record) throws TransferException, InterruptedException {
        if (isInterCoded(record)) {
            turnTo(true);
            EncodedFrame frame = read(record);
            if (frame != null) {
                early.add(frame);
            }
        }
    }

    private static boolean isInterCoded(VideoFrame record) {
        return record.getCodec() != io.kinolift.avro.Codec.UNKNOWN
                && Codec.valueOf(record.getCodec().name()).isInterCoded();
    }

    /** Null if its bytes are damaged. */
    private EncodedFrame read(VideoFrame record) throws TransferException, InterruptedException {
        try {
            return FrameRecords.frame(record);
        } catch (MalformedRecordException e) {
            var _ = lost("frame " + record.getSequence() + ": " + e.getMessage());
            return null;
        }
    }

    @Override
    public boolean lost(String reason) throws TransferException, InterruptedException {
        if (!interCoded) {
            return false;
        }
        early.clear();
        leftOut.damaged(reason);
        submit(together, () -> {
            decoder.lose(reason);
            return outcomes();
        });
        return true;
    }

    private List<Outcome> decode(EncodedFrame frame) {
        decoder.add(frame);
        return outcomes();
    }

    private List<Outcome> outcomes() {
        List<Outcome> all = new ArrayList<>();
        for (Outcome next = decoder.next(); next != null; next = decoder.next()) {
            all.add(next);
        }
        return all;
    }

    /** The other kind's frames come first. */
    private void turnTo(boolean other) throws TransferException, InterruptedException {
        if (interCoded != other) {
            settle();
            interCoded = other;
        }
    }

    private void submit(InOrder<List<Outcome>> decoding, Callable<List<Outcome>> task)
            throws TransferException, InterruptedException {
        if (decoding.isFull()) {
            deliver(decoding.next());
        }
        decoding.submit(task);
    }

    @Override
    public boolean isFull() {
        return false;
    }

    @Override
    public void finish() throws TransferException, InterruptedException {
        early.clear();
        settle();
    }

    @Override
    public void restart() throws TransferException, InterruptedException {
        // Damaged records may have come since the end.
        finish();
        decoder.restart();
        sink.restart();
    }

    private void settle() throws TransferException, InterruptedException {
        if (interCoded) {
            submit(together, () -> {
                decoder.end();
                return outcomes();
            });
        }
        for (InOrder<List<Outcome>> decoding : List.of(alone, together)) {
            while (!decoding.isEmpty()) {
                deliver(decoding.next());
            }
        }
    }

    /** Hands over what is wanted. If the sink fails, the rest is freed. */
    void deliver(List<Outcome> outcomes) throws TransferException {
        Deque<Outcome> left = new ArrayDeque<>(outcomes);
        try {
            while (!left.isEmpty()) {
                deliver(left.remove());
            }
        } finally {
            left.forEach(Outcome::free);
        }
    }

    private void deliver(Outcome outcome) throws TransferException {
        if (!wanted.test(outcome.frame())) {
            outcome.free();
            return;
        }
        switch (outcome) {
            case Shown shown -> {
                sink.frame(shown.frame(), shown.picture());
                progress.accept(shown.frame().sequence());
                frames++;
            }
            case LeftOut left -> leftOut.add(left);
        }
    }

    @Override
    public long frames() {
        return frames;
    }

    @Override
    public String leftOut() {
        return leftOut.remark();
    }

    @Override
    public void close() {
        alone.close();
        together.close();
        decoder.close();
    }
}
