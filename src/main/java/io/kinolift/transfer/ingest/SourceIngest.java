package io.kinolift.transfer.ingest;

import io.kinolift.codec.EncoderSettings;
import io.kinolift.ffmpeg.VideoException;
import io.kinolift.frame.Codec;
import io.kinolift.sound.SoundSender;
import io.kinolift.transfer.Ingest;
import io.kinolift.transfer.Pace;
import io.kinolift.transfer.TransferException;
import io.kinolift.transfer.source.Playback;
import io.kinolift.transfer.source.Stop;
import io.kinolift.video.PictureSource;
import io.kinolift.video.SoundChoice;
import io.kinolift.video.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.Producer;

/**
 * One source, and the stream that it becomes.
 *
 * @param topic of frames
 * @param partition of that topic; null leaves it to Kafka's hash of the stream id
 * @param codec of frames; null passes inter-coded pictures on as they are
 * @param soundTopic null sends no sound
 * @param sound which of its audio tracks
 * @param threads that encode
 */
public record SourceIngest(
        Source source,
        Playback playback,
        String streamId,
        long session,
        String topic,
        Integer partition,
        Codec codec,
        EncoderSettings encoder,
        String soundTopic,
        SoundChoice sound,
        int threads) {
    /**
     * What became of it.
     *
     * @param frames sent
     * @param breakage why it broke off; null if the source ended, or nobody can tell
     * @param remarks what else is to be said, one line each
     */
    public record Outcome(long frames, String breakage, List<String> remarks) {}

    /** Hears how it goes. */
    public interface Listener {
        /** The source is open; it announces so many frames, or 0. */
        default void opened(long promisedFrames) {}

        /** So many frames have been sent. */
        void sent(long frames);

        /** One line for something that is not in the source itself. */
        void told(String line);
    }

    /**
     * Sends all of it, and its end.
     *
     * @param producer stays the caller's
     */
    public Outcome run(Producer<byte[], byte[]> producer, Stop stop, Listener listener)
            throws VideoException, TransferException, InterruptedException {
        SoundChoice heard = soundTopic == null ? SoundChoice.NONE : sound;
        Consumer<String> told = listener::told;
        LongConsumer sent = listener::sent;
        try (PictureSource pictures = codec == null
                ? playback.openCoded(source, heard, stop, told)
                : playback.open(source, heard, stop, told)) {
            listener.opened(pictures.promisedFrames());
            SoundSender sender = soundTopic == null ? null : new SoundSender(producer, soundTopic, streamId, session);
            Ingest.Settings settings =
                    new Ingest.Settings(topic, partition, streamId, session, codec, encoder, threads);
            long frames = new Ingest(producer, settings, sender).run(pictures, Pace.unbounded(), sent);
            List<String> remarks = new ArrayList<>(sender == null ? List.of() : sender.remarks());
            remarks.addAll(pictures.remarks());
            return new Outcome(frames, pictures.breakage(), remarks);
        }
    }
}
