package io.kinolift.runtime.suspect;

import io.kinolift.codec.DecoderLimits;
import io.kinolift.codec.FrameCodecException;
import io.kinolift.codec.group.GroupDecoder;
import io.kinolift.engine.CodecPool;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.wire.FrameRecords;
import io.kinolift.wire.MalformedRecordException;
import java.io.DataInputStream;
import java.io.IOException;

/**
 * The process in which suspects are decoded: reads their number, then length and bytes of each record, and prints the
 * number of each before it is decoded. The trial only shows whether the process survives.
 */
final class DecodeProgram {
    private DecodeProgram() {}

    /**
     * Decodes the records on standard input.
     *
     * @param arguments the most pixels that are decoded
     */
    public static void main(String[] arguments) throws IOException {
        DataInputStream in = new DataInputStream(System.in);
        DecoderLimits limits = new DecoderLimits(Long.parseLong(arguments[0]));
        try (CodecPool codecs = new CodecPool(limits)) {
            int count = in.readInt();
            for (int index = 0; index < count; index++) {
                byte[] record = in.readNBytes(in.readInt());
                System.out.println(index);
                decode(codecs, limits, record);
            }
        }
    }

    private static void decode(CodecPool codecs, DecoderLimits limits, byte[] record) {
        try {
            EncodedFrame frame = FrameRecords.frame(FrameRecords.parse(record));
            if (frame.format().codec().isInterCoded()) {
                decodeWithoutOthers(frame, limits);
            } else {
                codecs.decode(frame.format(), frame.payload()).close();
            }
        } catch (MalformedRecordException | FrameCodecException e) {
            // Refused, not killed: the application will refuse it too.
        }
    }

    /** What only the frames before it make dangerous is not found. */
    private static void decodeWithoutOthers(EncodedFrame frame, DecoderLimits limits) throws FrameCodecException {
        try (GroupDecoder decoder = new GroupDecoder(frame.format(), limits, 0)) {
            decoder.send(frame.sequence(), frame.payload());
            decoder.end();
            GroupDecoder.Decoded decoded = decoder.receive();
            if (decoded != null && decoded.picture() != null) {
                decoded.picture().close();
            }
        }
    }
}
