package io.kinolift.client;

import io.kinolift.client.StreamReader.Damaged;
import io.kinolift.client.StreamReader.End;
import io.kinolift.client.StreamReader.Entry;
import io.kinolift.client.StreamReader.Picture;
import io.kinolift.codec.DecoderLimits;
import io.kinolift.codec.group.HeldGroups;
import io.kinolift.codec.group.LeftOut;
import io.kinolift.codec.group.Outcome;
import io.kinolift.codec.group.Shown;
import io.kinolift.codec.group.StreamDecoder;
import io.kinolift.frame.EncodedFrame;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Puts entries into the order of display: frames that refer to others are decoded here, because only then is it known
 * which of them have a picture. All other entries pass.
 */
final class DisplayOrder implements AutoCloseable {
    /** Records whose places are remembered. */
    private static final int MOST_PLACES = 1024;

    private final Deque<Entry> ready = new ArrayDeque<>();
    private final NavigableMap<Long, Picture> records = new TreeMap<>();
    private final HeldGroups held = new HeldGroups();
    private StreamDecoder decoder = open();
    private long session;
    /** Whether the last entry was a frame that refers to others, or may have been. */
    private boolean interCoded;
    /** Whether the frame before was left out, too. */
    private boolean leavingOut;
    /** What is looked for without decoding; else null. */
    private Predicate<EncodedFrame> sought;
    /** Whether what is found has not come out yet. */
    private boolean approaching;
    /** The last frame in the order of display that was only passed on the way. */
    private EncodedFrame passed;

    private static StreamDecoder open() {
        return new StreamDecoder(DecoderLimits.DEFAULT, true);
    }

    /** From here on only frames are decoded that are needed for the first one that is looked for, or come after it. */
    void seek(Predicate<EncodedFrame> reached) {
        sought = reached;
    }

    /** The last frame in the order of display that was passed since the last call; null if none was. */
    EncodedFrame takePassed() {
        EncodedFrame last = passed;
        passed = null;
        return last;
    }

    /** Takes the next entry of the stream. */
    void add(Entry entry) {
        if (entry instanceof Picture picture && picture.restarts()) {
            restart();
        }
        switch (entry) {
            case Picture picture
            when picture.frame().format().codec().isInterCoded() -> {
                interCoded = true;
                remember(picture);
                route(picture.frame());
            }
            case Picture picture -> {
                settle();
                interCoded = false;
                ready.add(picture);
            }
            case Damaged damaged -> {
                if (interCoded) {
                    held.clear();
                    decoder.lose(damaged.reason());
                    collect();
                    leavingOut = true;
                }
                ready.add(damaged);
            }
            case End end -> {
                settle();
                ready.add(end);
            }
        }
    }

    /** The session begins anew; what is looked for may lie ahead. */
    private void restart() {
        held.clear();
        decoder.restart();
        collect();
        records.clear();
        passed = null;
    }

    private void remember(Picture record) {
        if (record.frame().session() != session) {
            session = record.frame().session();
            records.clear();
        }
        records.put(record.frame().sequence(), record);
        if (records.size() > MOST_PLACES) {
            records.pollFirstEntry();
        }
    }

    private void route(EncodedFrame frame) {
        if (sought != null && !sought.test(frame)) {
            held.add(frame);
            boolean later = passed == null || passed.session() != frame.session() || passed.pts() < frame.pts();
            passed = later ? frame : passed;
            return;
        }
        if (sought != null) {
            approaching = true;
            held.take().forEach(decoder::add);
            collect();
            sought = null;
        }
        decoder.add(frame);
        collect();
    }

    /** All that is held back comes out. */
    private void settle() {
        held.clear();
        decoder.end();
        collect();
        sought = null;
    }

    private void collect() {
        for (Outcome outcome = decoder.next(); outcome != null; outcome = decoder.next()) {
            switch (outcome) {
                case Shown shown -> {
                    Picture record = records.remove(shown.frame().sequence());
                    boolean afterBreak = shown.afterBreak() || (record != null && record.afterBreak());
                    boolean restarts = record != null && record.restarts();
                    ready.add(new Picture(shown.frame(), place(record), afterBreak, restarts, shown.picture()));
                    leavingOut = false;
                }
                case LeftOut left -> leaveOut(left);
            }
        }
    }

    private static String place(Picture record) {
        return record == null ? "" : record.place();
    }

    private void leaveOut(LeftOut left) {
        Picture record = records.remove(left.frame().sequence());
        boolean onTheWay = approaching && left.cause() != LeftOut.Cause.DAMAGED;
        if (left.cause() == LeftOut.Cause.REPEATED || onTheWay) {
            return;
        }
        boolean isNews = !leavingOut && left.cause() != LeftOut.Cause.NO_KEY_FRAME;
        ready.add(new Damaged(
                place(record) + ", sequence " + left.frame().sequence() + ": " + left.reason(), isNews, !leavingOut));
        leavingOut = true;
    }

    /** The next entry; null if another record is needed for it. */
    Entry next() {
        Entry next = ready.poll();
        approaching &= !(next instanceof Picture);
        return next;
    }

    /** Forgets what was before, at a leap to another place. */
    void clear() {
        decoder.close();
        decoder = open();
        ready.forEach(DisplayOrder::free);
        ready.clear();
        records.clear();
        held.clear();
        sought = null;
        approaching = false;
        leavingOut = false;
        passed = null;
    }

    /** Frees the picture of an entry that nobody takes, if there is one. */
    static void free(Entry entry) {
        if (entry instanceof Picture picture && picture.decoded() != null) {
            picture.decoded().close();
        }
    }

    @Override
    public void close() {
        clear();
        decoder.close();
    }
}
