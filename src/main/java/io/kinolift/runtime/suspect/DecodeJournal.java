package io.kinolift.runtime.suspect;

import io.kinolift.codec.FrameCodecException;
import io.kinolift.engine.DecodeGuard;
import io.kinolift.files.FileFault;
import io.kinolift.files.PrivateFiles;
import io.kinolift.runtime.records.FramePlace;
import io.kinolift.runtime.records.RecordReader;
import io.kinolift.runtime.records.SourceRecords;
import io.kinolift.window.SourceFrame;
import io.kinolift.wire.FrameRecords;
import io.kinolift.wire.input.InputFormat;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The frames that are being decoded at this moment, in a file mapped into memory, which survives even a sudden end of
 * the process. A store would not do, because it is rolled back with its transaction. After a sudden end, one of the
 * {@link #suspects} may be to blame; {@link SuspectTrial} finds out.
 *
 * <p>The file has slots of {@value #SLOT_BYTES} bytes: the length of the text of a {@link FramePlace}, which is written
 * last and 0 in a free slot, then the text. Places that were found guilty are in a file beside it, {@link GuiltyPlaces}.
 */
public final class DecodeJournal implements DecodeGuard, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DecodeJournal.class);
    /** More decodings at once go unrecorded. */
    private static final int SLOTS = 4096;
    /** A topic name has up to 249 characters. */
    private static final int SLOT_BYTES = 320;

    private final Path folder;
    private final FileChannel channel;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment slots;
    private final Queue<Integer> free = new ConcurrentLinkedQueue<>();
    private final GuiltyPlaces guilty;
    private final List<FramePlace> suspects = new ArrayList<>();

    private DecodeJournal(Path folder, FileChannel channel) throws IOException {
        this.folder = folder;
        this.channel = channel;
        fill(channel);
        this.slots = channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) SLOTS * SLOT_BYTES, arena);
        this.guilty = GuiltyPlaces.in(folder.resolve("guilty"));
        int damaged = 0;
        for (int slot = 0; slot < SLOTS; slot++) {
            int length = slots.get(ValueLayout.JAVA_INT, offset(slot));
            if (length != 0) {
                Optional<FramePlace> place = place(slot, length);
                place.ifPresent(suspects::add);
                damaged += place.isPresent() ? 0 : 1;
            }
            free.add(slot);
        }
        if (damaged > 0) {
            LOG.warn(
                    "expected places of frames in {}, found {} of {} that are none; they are left out",
                    folder.resolve("decoding"),
                    damaged,
                    damaged + suspects.size());
        }
    }

    /** Writes the whole file once: where a full disk leaves holes, the process gets a fault from the map. */
    private static void fill(FileChannel channel) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(SLOTS * SLOT_BYTES);
        while (all.hasRemaining() && channel.read(all, all.position()) > 0) {
            // The rest is free.
        }
        all.clear();
        while (all.hasRemaining()) {
            channel.write(all, all.position());
        }
    }

    private Optional<FramePlace> place(int slot, int length) {
        if (length < 0 || length > SLOT_BYTES - Integer.BYTES) {
            return Optional.empty();
        }
        byte[] text = slots.asSlice(offset(slot) + Integer.BYTES, length).toArray(ValueLayout.JAVA_BYTE);
        return FramePlace.parse(new String(text, StandardCharsets.UTF_8));
    }

    /**
     * Tries the frames that were being decoded when the last process ended where they can do no harm. To be called
     * before any is decoded.
     *
     * @param input how frames lie in records
     * @param maxPixels the most that are decoded
     */
    public void trySuspects(Map<String, String> clientSettings, InputFormat input, long maxPixels) {
        List<SuspectTrial.Suspect> found = new ArrayList<>();
        if (!suspects().isEmpty()) {
            try (RecordReader reader = new RecordReader(clientSettings)) {
                suspects()
                        .forEach(place -> reader.record(place)
                                .flatMap(record -> SourceRecords.frame(record, input))
                                .ifPresent(frame ->
                                        found.add(new SuspectTrial.Suspect(place, FrameRecords.write(frame)))));
            }
            LOG.info(
                    "the last run ended while {} frames were being decoded; {} of them are tried in a process of "
                            + "their own",
                    suspects().size(),
                    found.size());
        }
        new SuspectTrial(folder, maxPixels).run(found).forEach(guilty::add);
        suspects.clear();
        slots.fill((byte) 0);
    }

    /**
     * Opens the journal for this process alone.
     *
     * @throws IllegalStateException if the folder cannot be used or another instance uses it
     */
    public static DecodeJournal open(Path folder) {
        try {
            PrivateFiles.createFolders(folder);
            FileChannel channel = PrivateFiles.open(
                    folder.resolve("decoding"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            try {
                if (channel.tryLock() != null) {
                    return new DecodeJournal(folder, channel);
                }
            } catch (OverlappingFileLockException e) {
                // Held by this process: said below.
            }
            channel.close();
            throw new IllegalStateException("expected " + folder
                    + " (kinolift.journal.dir) for this instance alone, found another instance using it. Give a second"
                    + " instance another --state-dir and --instance-id; another application, also another"
                    + " application.id");
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot keep a journal in " + folder + " (kinolift.journal.dir): " + FileFault.text(e), e);
        }
    }

    /** The frames that were being decoded when the last process ended and are not known to be guilty. */
    private List<FramePlace> suspects() {
        return suspects.stream()
                .distinct()
                .filter(place -> !guilty.contains(place))
                .toList();
    }

    @Override
    public Passage enter(SourceFrame frame) throws FrameCodecException {
        FramePlace place = FramePlace.of(frame);
        if (guilty.contains(place)) {
            throw new FrameCodecException(
                    FrameCodecException.Reason.KILLED_DECODER,
                    "expected a payload that can be decoded, found one that ended the process");
        }
        Integer slot = free.poll();
        if (slot == null) {
            return () -> {};
        }
        byte[] text = place.toString().getBytes(StandardCharsets.UTF_8);
        slots.asSlice(offset(slot) + Integer.BYTES, text.length).copyFrom(MemorySegment.ofArray(text));
        slots.set(ValueLayout.JAVA_INT, offset(slot), text.length);
        return () -> {
            slots.set(ValueLayout.JAVA_INT, offset(slot), 0);
            free.add(slot);
        };
    }

    private static long offset(int slot) {
        return (long) slot * SLOT_BYTES;
    }

    /** Nothing may be decoded any more. Closing again does nothing. */
    @Override
    public synchronized void close() {
        if (!channel.isOpen()) {
            return;
        }
        arena.close();
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("cannot close the journal: " + e, e);
        }
    }
}
