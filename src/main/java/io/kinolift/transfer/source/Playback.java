package io.kinolift.transfer.source;

import io.kinolift.ffmpeg.VideoException;
import io.kinolift.video.CodedReader;
import io.kinolift.video.PictureSource;
import io.kinolift.video.ReaderLimits;
import io.kinolift.video.SoundChoice;
import io.kinolift.video.Source;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How a source is played, pictures and sound alike.
 *
 * @param realTime whether pictures come no earlier than by the source's own times
 * @param passes how often it is played from its beginning; {@link #FOREVER}
 * @param patience how long a source in the network may be away; zero if it is not to be opened again, {@link #ENDLESS}
 * @param start what is left out at the beginning of each pass
 * @param duration of all passes together; null if it is not limited
 */
public record Playback(boolean realTime, long passes, Duration patience, Duration start, Duration duration) {
    public static final long FOREVER = Long.MAX_VALUE;
    public static final Duration ENDLESS = Duration.ofSeconds(Long.MAX_VALUE);

    /** As fast as it comes, once, all of it. */
    public static final Playback PLAIN = new Playback(false, 1, Duration.ZERO, Duration.ZERO, null);

    /**
     * Opens a source for its pictures.
     *
     * @param told one line for everything that is not in the source itself: a pass, a loss, a clock that was set
     * @throws VideoException if there is no video, or it can be read only once and more is asked
     */
    public PictureSource open(Source source, Stop stop, Consumer<String> told) throws VideoException {
        return open(source, SoundChoice.NONE, stop, told);
    }

    /** As {@link #open(Source, Stop, Consumer)}, for its sound too. */
    public PictureSource open(Source source, SoundChoice sound, Stop stop, Consumer<String> told)
            throws VideoException {
        return open(
                source,
                startMicros -> PictureSource.openNear(source, ReaderLimits.DEFAULT, startMicros, sound),
                stop,
                told);
    }

    /** As {@link #open(Source, SoundChoice, Stop, Consumer)}, without decoding the pictures: {@link CodedReader}. */
    public PictureSource openCoded(Source source, SoundChoice sound, Stop stop, Consumer<String> told)
            throws VideoException {
        return open(source, startMicros -> CodedReader.open(source, startMicros, sound), stop, told);
    }

    /** Opens a source near a time. */
    private interface Reading {
        PictureSource open(long startMicros) throws VideoException;
    }

    private PictureSource open(Source source, Reading reading, Stop stop, Consumer<String> told) throws VideoException {
        boolean remote = PictureSource.isRemote(source);
        if (!patience.isZero() && !remote) {
            throw new VideoException("expected a source in the network for --reconnect, found " + source);
        }
        long startMicros = start.toNanos() / 1000;
        Passes.Opener opener = () -> {
            PictureSource opened = reading.open(startMicros);
            return startMicros == 0 ? opened : Excerpt.from(opened, startMicros);
        };
        Losses losses = new Losses(source.toString(), patience, stop, told, System::nanoTime);
        PictureSource first = !patience.isZero() ? losses.open(opener) : opener.open();
        if (passes > 1 && !first.isRepeatable()) {
            first.close();
            throw new VideoException("expected a source that can be read again for --loop, found " + source);
        }
        PictureSource played = new Passes(first, opener, passes, losses, told);
        if (duration != null) {
            played = Excerpt.lasting(played, duration.toNanos() / 1000);
        }
        played = new ReadAhead(played, stop);
        return realTime ? new RealTime(played, stop) : played;
    }
}
