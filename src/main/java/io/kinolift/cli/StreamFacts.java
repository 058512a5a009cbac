package io.kinolift.cli;

import io.kinolift.audit.StreamRow;
import io.kinolift.avro.VideoFrame;
import io.kinolift.engine.Level;
import io.kinolift.wire.AccountRecord;
import java.util.Locale;

/**
 * All that is known of a stream.
 *
 * @param instance who works on its partition; null if nobody does
 * @param input of its last input frame; null if that is no longer there
 */
record StreamFacts(StreamRow row, String instance, Format input) {
    /** What a frame looks like. Frames themselves are large, and there may be many streams. */
    record Format(int width, int height, String codec, String pixelFormat, int level) {
        static Format of(VideoFrame frame) {
            return new Format(
                    frame.getWidth(),
                    frame.getHeight(),
                    frame.getCodec().name().toLowerCase(Locale.ROOT),
                    frame.getPixelFormat().name().toLowerCase(Locale.ROOT),
                    frame.getLevel());
        }

        String size() {
            return width + "x" + height;
        }

        @Override
        public String toString() {
            return size() + " " + codec + " " + pixelFormat + (level > 0 ? ", level " + Level.text(level) : "");
        }
    }

    AccountRecord account() {
        return row.account();
    }

    String state() {
        return row.state().name().toLowerCase(Locale.ROOT);
    }
}
