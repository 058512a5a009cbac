package io.kinolift.transfer.source;

import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Rational;
import io.kinolift.video.PictureSource;
import io.kinolift.video.SoundPacket;
import io.kinolift.video.SoundTrack;
import io.kinolift.video.TimedPicture;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads a source on a thread of its own. A camera or a pipe may say nothing for any time, and native code that waits for
 * it cannot be interrupted; so it is this thread that waits, and whoever takes the pictures can end.
 */
final class ReadAhead implements PictureSource {
    private static final int MOST = 4;
    private static final long LOOK_MILLIS = 50;
    private static final long CLOSE_MILLIS = 2_000;

    private final PictureSource source;
    private final Stop stop;
    private final Rational timeBase;
    private final long promised;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Shot> waiting = new ArrayDeque<>();
    private final List<SoundTrack> tracks;
    private final Thread thread;
    private boolean ended;
    private boolean closed;
    /** What the source has to say is waited for until then; 0 before anybody has asked. */
    private long endsBy;

    private long given;
    private List<SoundPacket> sound = List.of();
    private Throwable failure;

    /** A picture, and the sound that came by when it was read; behind the last one, sound alone. */
    private record Shot(TimedPicture picture, List<SoundPacket> sound) {}

    /** @param source becomes the reading thread's, which closes it */
    ReadAhead(PictureSource source, Stop stop) {
        this.source = source;
        this.stop = stop;
        timeBase = source.timeBase();
        promised = source.promisedFrames();
        tracks = source.soundTracks();
        thread = Thread.ofPlatform().daemon().name("kinolift-source").start(this::read);
    }

    private void read() {
        try {
            TimedPicture picture = source.next();
            while (picture != null && put(picture, source.sound())) {
                picture = source.next();
            }
            last(source.sound());
        } catch (Throwable e) {
            // Errors too, such as too little native memory: who takes the pictures would see the end of the stream.
            failure = e;
        } finally {
            lock.lock();
            try {
                ended = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** @return whether more are wanted */
    private boolean put(TimedPicture picture, List<SoundPacket> beside) {
        lock.lock();
        try {
            while (waiting.size() >= MOST && !closed && !stop.isRequested()) {
                changed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
            if (closed || stop.isRequested()) {
                picture.close();
                return false;
            }
            waiting.add(new Shot(picture, beside));
            changed.signalAll();
            return true;
        } catch (InterruptedException _) {
            picture.close();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void last(List<SoundPacket> rest) {
        lock.lock();
        try {
            waiting.add(new Shot(null, rest));
        } finally {
            lock.unlock();
        }
    }

    /** As of the source; null also after a request to end, and where it fails after pictures: see {@link #breakage}. */
    @Override
    public TimedPicture next() throws VideoException {
        lock.lock();
        try {
            while (waiting.isEmpty() && !ended && !stop.isRequested()) {
                changed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
            changed.signalAll();
            if (!waiting.isEmpty()) {
                Shot shot = waiting.remove();
                List<SoundPacket> all = new ArrayList<>(sound);
                all.addAll(shot.sound());
                sound = all;
                given += shot.picture() == null ? 0 : 1;
                return shot.picture() == null ? next() : shot.picture();
            }
            return ended ? end() : null;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            lock.unlock();
        }
    }

    private TimedPicture end() throws VideoException {
        return switch (failure) {
            case Error error -> throw error;
            case RuntimeException bug -> throw bug;
            case VideoException e when given == 0 -> throw e;
            case null, default -> null;
        };
    }

    @Override
    public List<SoundTrack> soundTracks() {
        return tracks;
    }

    @Override
    public List<SoundPacket> sound() {
        List<SoundPacket> taken = sound;
        sound = List.of();
        return taken;
    }

    @Override
    public Rational timeBase() {
        return timeBase;
    }

    @Override
    public long promisedFrames() {
        return promised;
    }

    /** Known once the source has ended. */
    @Override
    public String breakage() {
        if (!hasEnded()) {
            return null;
        }
        return failure == null ? source.breakage() : failure.getMessage();
    }

    /** Complete once the source has ended. */
    @Override
    public List<String> remarks() {
        return hasEnded() ? source.remarks() : List.of();
    }

    /** After a request to end, waits a while for the source, which may be in native code. */
    private boolean hasEnded() {
        lock.lock();
        try {
            if (stop.isRequested() && endsBy == 0) {
                endsBy = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS);
            }
            while (!ended && stop.isRequested() && endsBy - System.nanoTime() > 0) {
                changed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
            return ended;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Leaves a source open that does not return from its native code: nothing else may touch it then. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        waiting.stream().map(Shot::picture).filter(picture -> picture != null).forEach(TimedPicture::close);
        waiting.clear();
        if (!thread.isAlive()) {
            source.close();
        }
    }
}
