package io.kinolift.video;

import io.kinolift.ffmpeg.Ffmpeg;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avformat.AVChapter;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** Chapters of one file for another. */
final class Chapters {
    private Chapters() {}

    /** Copies those that end after time 0 of the input's clock. */
    static void copy(MediaInput input, AVFormatContext output) {
        List<AVChapter> copies = new ArrayList<>();
        for (int i = 0; i < input.context().nb_chapters(); i++) {
            AVChapter from = input.context().chapters(i);
            long shift = input.startShift(Ffmpeg.rational(from.time_base()));
            long end = from.end() == PictureClock.UNKNOWN ? Long.MAX_VALUE : from.end() + shift;
            if (end > 0) {
                AVChapter to = new AVChapter(avutil.av_mallocz(Pointer.sizeof(AVChapter.class)));
                to.id(from.id()).start(Math.max(0, from.start() + shift)).end(end);
                to.time_base().num(from.time_base().num()).den(from.time_base().den());
                to.metadata(Tags.dictionary(Tags.lasting(from.metadata())));
                copies.add(to);
            }
        }
        if (copies.isEmpty()) {
            return;
        }
        // The output frees the list, and everything in it.
        Pointer list = avutil.av_mallocz(copies.size() * (long) Long.BYTES);
        PointerPointer<AVChapter> chapters = new PointerPointer<>(list);
        for (int i = 0; i < copies.size(); i++) {
            chapters.put(i, copies.get(i));
        }
        output.chapters(chapters).nb_chapters(copies.size());
    }
}
