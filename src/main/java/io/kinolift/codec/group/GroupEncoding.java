package io.kinolift.codec.group;

/**
 * How output frames refer to each other.
 *
 * @param encoder FFmpeg's name of it
 * @param frames of a group, at least 1; each group begins with a key frame
 * @param bitrate in bits per second; 0 for a constant quality
 */
public record GroupEncoding(String encoder, int frames, long bitrate) {
    public GroupEncoding {
        if (frames < 1 || bitrate < 0) {
            throw new IllegalArgumentException("expected groups of at least 1 frame and a bitrate of at least 0, found "
                    + frames + " frames and " + bitrate + " bits per second");
        }
    }

    /** The same, at a constant quality. */
    public GroupEncoding withoutBitrate() {
        return new GroupEncoding(encoder, frames, 0);
    }
}
