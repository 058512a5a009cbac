package io.kinolift.transfer.source;

import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Rational;
import io.kinolift.video.PictureSource;
import io.kinolift.video.SoundPacket;
import io.kinolift.video.SoundTrack;
import io.kinolift.video.TimedPicture;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A source that is opened again where it ends, as often as asked, or where it is lost. Its times go on. */
final class Passes implements PictureSource {
    private final Opener opener;
    private final long passes;
    private final Losses losses;
    private final Timeline timeline;
    private final long promised;
    private final SoundJoin sound = new SoundJoin();
    private final Set<String> remarks = new LinkedHashSet<>();
    private PictureSource current;
    private long pass = 1;
    /** In this opening: a pass without one is the last. */
    private long pictures;

    private long damagedBefore;
    private String breakage;

    /** Opens the source from its beginning. */
    interface Opener {
        PictureSource open() throws VideoException;
    }

    Passes(PictureSource first, Opener opener, long passes, Losses losses, Consumer<String> told) {
        this.current = first;
        this.opener = opener;
        this.passes = passes;
        this.losses = losses;
        this.timeline = new Timeline(first.timeBase(), told);
        this.promised = first.promisedFrames();
    }

    @Override
    public TimedPicture next() throws VideoException {
        while (current != null) {
            String reason = null;
            try {
                TimedPicture picture = current.next();
                if (picture != null) {
                    pictures++;
                    losses.picture();
                    TimedPicture placed = timeline.place(picture, current.timeBase());
                    sound.picture(placed.pts(), timeBase());
                    takeSound();
                    return placed;
                }
            } catch (VideoException e) {
                if (!losses.areMended()) {
                    throw e;
                }
                reason = e.getMessage();
            }
            goOn(reason);
        }
        return null;
    }

    /** Opens the source once more, or not. */
    private void goOn(String failure) throws VideoException {
        String reason = failure == null ? current.breakage() : failure;
        boolean again = reason == null && pass < passes && pictures > 0;
        boolean lost = losses.areMended() && (reason != null || !current.isRepeatable());
        closeCurrent();
        if (again) {
            pass++;
            current = opener.open();
            // Not told: there may be one every second. The remarks count them.
            timeline.begin(false);
        } else if (lost) {
            current = losses.reopen(opener, reason == null ? "it ended" : reason);
            timeline.begin(true);
        } else {
            breakage = reason;
        }
    }

    @Override
    public Rational timeBase() {
        return timeline.timeBase();
    }

    @Override
    public long promisedFrames() {
        return passes == 1 ? promised : passes < Integer.MAX_VALUE ? promised * passes : 0;
    }

    @Override
    public String breakage() {
        return breakage;
    }

    @Override
    public List<String> remarks() {
        if (current != null) {
            remarks.addAll(current.remarks());
        }
        List<String> all = new ArrayList<>(remarks);
        if (pass > 1) {
            all.add(pass + " passes; the first frame of each but the first is marked as a discontinuity");
        }
        all.addAll(sound.remarks());
        long damaged = damagedBefore + (current == null ? 0 : current.damagedPictures());
        if (damaged > 0) {
            all.add(damaged + (damaged == 1 ? " picture" : " pictures")
                    + " damaged or undecodable: parts of them did not arrive, or are broken");
        }
        if (losses.count() > 0) {
            all.add("lost and found again: " + losses.count() + (losses.count() == 1 ? " time" : " times"));
        }
        return all;
    }

    private void takeSound() {
        sound.add(current.sound(), timeline.shift(), timeBase());
    }

    @Override
    public List<SoundTrack> soundTracks() {
        return current == null ? List.of() : current.soundTracks();
    }

    @Override
    public List<SoundPacket> sound() {
        return sound.take();
    }

    private void closeCurrent() {
        if (pictures > 0) {
            takeSound();
        }
        sound.begin();
        damagedBefore += current.damagedPictures();
        remarks.addAll(current.remarks());
        current.close();
        current = null;
        pictures = 0;
    }

    @Override
    public void close() {
        if (current != null) {
            closeCurrent();
        }
    }
}
