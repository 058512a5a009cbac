package io.kinolift.video;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;

/**
 * Packets of a source that can be read only once: whoever reads its pictures puts those of all other streams here, for
 * whoever copies them. One thread puts, another takes. Nobody waits: a container may hold a stream far behind another.
 */
final class PacketsAside implements AutoCloseable {
    private final MediaInput input;
    private final Queue<AVPacket> packets = new ConcurrentLinkedQueue<>();
    private volatile boolean complete;

    /** @param input the one that is read; open for as long as packets are taken */
    PacketsAside(MediaInput input) {
        this.input = input;
    }

    MediaInput input() {
        return input;
    }

    /** @param packet is empty afterwards */
    void put(AVPacket packet) {
        AVPacket kept = avcodec.av_packet_alloc();
        avcodec.av_packet_move_ref(kept, packet);
        packets.add(kept);
    }

    /** There are no more. */
    void complete() {
        complete = true;
    }

    /** Whether all have been taken, and no more will come. */
    boolean isOver() {
        return complete && packets.isEmpty();
    }

    /** Fills the packet with the next; false if there is none yet. */
    boolean take(AVPacket packet) {
        AVPacket next = packets.poll();
        if (next == null) {
            return false;
        }
        avcodec.av_packet_move_ref(packet, next);
        avcodec.av_packet_free(next);
        return true;
    }

    @Override
    public void close() {
        for (AVPacket packet = packets.poll(); packet != null; packet = packets.poll()) {
            avcodec.av_packet_free(packet);
        }
    }
}
