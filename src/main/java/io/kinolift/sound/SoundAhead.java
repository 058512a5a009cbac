package io.kinolift.sound;

import io.kinolift.avro.AudioPacket;
import io.kinolift.frame.Rational;
import io.kinolift.video.SoundPacket;
import io.kinolift.video.SoundTrack;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NavigableMap;
import java.util.function.LongFunction;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sound of a stream whose pictures come as time goes on. A thread of its own reads it from its topic, ahead of the
 * pictures as far as there is room: nobody waits for it, and what has not come in time is missing. Of several tracks it is
 * the first.
 */
public final class SoundAhead implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SoundAhead.class);
    /** Sound is sent within that time of its pictures, and each track is described once a second. */
    private static final long BEFORE_MILLIS = 10_000;

    private static final long IDLE_MILLIS = 50;
    private static final long FIRST_TRY_MILLIS = 5_000;
    private static final long LAST_TRY_MILLIS = 60_000;
    /** Where nobody says when a picture was taken, it was not long ago. */
    private static final long UNKNOWN_MILLIS = 60_000;

    private final LongFunction<SoundReader> readers;
    private final long maxBytes;
    private final SoundTally tally = new SoundTally();
    private final KnownTracks known = new KnownTracks(tally);
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private Thread thread;
    private long bytes;
    /** Whether all has been read that was there. */
    private boolean caughtUp;

    private boolean told;
    private volatile boolean closed;

    private record Waiting(long session, SoundPacket packet) {}

    /**
     * Reads nothing yet.
     *
     * @param readers opens a reader that begins at a wall-clock time, in milliseconds since the epoch
     * @param maxBytes of the packets that wait for their pictures
     */
    public SoundAhead(LongFunction<SoundReader> readers, long maxBytes) {
        this.readers = readers;
        this.maxBytes = maxBytes;
    }

    /** No sound at all. */
    public static SoundAhead none() {
        SoundAhead none = new SoundAhead(
                _ -> {
                    throw new IllegalStateException("expected nobody to read");
                },
                0);
        none.close();
        return none;
    }

    /**
     * Begins to read, if nobody has.
     *
     * @param takenMillis wall-clock time when the first picture was taken; 0 when unknown
     */
    public synchronized void begin(long takenMillis) {
        if (thread == null && !closed) {
            long from = takenMillis > 0 ? takenMillis - BEFORE_MILLIS : System.currentTimeMillis() - UNKNOWN_MILLIS;
            thread = Thread.ofPlatform().daemon().name("kinolift-watch-sound").start(() -> work(from));
        }
    }

    private void work(long fromMillis) {
        long between = FIRST_TRY_MILLIS;
        try {
            while (!closed) {
                try (SoundReader reader = readers.apply(fromMillis)) {
                    readOn(reader);
                } catch (KafkaException e) {
                    tell(e.getMessage());
                }
                arrived(false);
                pause(between);
                between = Math.min(2 * between, LAST_TRY_MILLIS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void readOn(SoundReader reader) throws InterruptedException {
        reader.catchUp(this::take, () -> closed || isFull());
        while (!closed && reader.failure() == null && reader.exists()) {
            awaitRoom();
            boolean any = reader.read(this::take);
            arrived(any);
            if (!any) {
                pause(IDLE_MILLIS);
            }
        }
        if (reader.failure() != null) {
            tell(reader.failure());
        }
    }

    /** Once: it may fail every few seconds. */
    private void tell(String failure) {
        if (!told) {
            told = true;
            LOG.warn(
                    "watched streams are without sound, and it is tried again as long as they are watched: {}",
                    failure);
        }
    }

    private synchronized void take(AudioPacket record) {
        SoundPacket packet = known.packet(record);
        if (packet == null
                || packet.track().number() != known.of(record.getSession()).firstKey()) {
            return;
        }
        waiting.add(new Waiting(record.getSession(), packet));
        bytes += packet.payload().remaining();
        notifyAll();
    }

    private synchronized void arrived(boolean any) {
        caughtUp = !any;
        notifyAll();
    }

    private synchronized boolean isFull() {
        return bytes >= maxBytes;
    }

    private synchronized void awaitRoom() throws InterruptedException {
        while (!closed && isFull()) {
            wait();
        }
    }

    private synchronized void pause(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        for (long left = millis; !closed && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }

    /**
     * The track of a session, which is told before its first picture. If it is not known, what there is on the topic is
     * waited for.
     *
     * @return null if there is none, as far as known
     */
    public synchronized SoundTrack track(long session, long timeoutMillis) throws InterruptedException {
        forgetBefore(session);
        long end = System.nanoTime() + timeoutMillis * 1_000_000;
        while (known.of(session).isEmpty() && !caughtUp && !closed) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return null;
            }
            wait(left);
        }
        return known(session);
    }

    /** The track of a session; null as long as there is none. */
    public synchronized SoundTrack known(long session) {
        NavigableMap<Integer, SoundTrack> tracks = known.of(session);
        return tracks.isEmpty() ? null : tracks.firstEntry().getValue();
    }

    /**
     * The next packet of a session. Those of earlier sessions are gone.
     *
     * @param untilMicros the latest time at which it may begin, on the session's clock
     * @return null if there is none up to then that has arrived
     */
    public synchronized SoundPacket next(long session, long untilMicros) {
        forgetBefore(session);
        Waiting head = waiting.peek();
        if (head == null || head.session() > session || head.packet().start(Rational.MICROSECOND) > untilMicros) {
            return null;
        }
        return remove();
    }

    private void forgetBefore(long session) {
        known.forgetBefore(session);
        while (!waiting.isEmpty() && waiting.peek().session() < session) {
            remove();
        }
    }

    private SoundPacket remove() {
        SoundPacket packet = waiting.remove().packet();
        bytes -= packet.payload().remaining();
        notifyAll();
        return packet;
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
