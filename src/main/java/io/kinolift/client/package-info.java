/**
 * JavaCV over Kafka, for programs of others: a {@link io.kinolift.client.KafkaFrameRecorder} sends video to Kinolift, a
 * {@link io.kinolift.client.KafkaFrameGrabber} reads what becomes of it. Both take the place of JavaCV's own recorders
 * and grabbers.
 *
 * <p>Way of a frame:
 *
 * <pre>
 *   Frame --FrameReader--> Shot --Outbox (threads)--> record        topic        record --StreamReader--> Intake --FrameMaker--> Frame
 *           copy, layout         encode, order, bound   \____ kinolift.frames       session, order         decode   layout, size
 *           RecordClock: time                                 kinolift.upscaled ____/
 * </pre>
 *
 * <p><b>Pictures.</b> A frame's layout is the one given to {@code record(frame, pixelFormat)}. Else it is that of FFmpeg's
 * frame behind it ({@code Frame.opaque}, as {@code FFmpegFrameGrabber} and {@code FFmpegFrameFilter} set it), which also
 * has the planes that {@code Frame.image} does not show, and the colour. Else it is JavaCV's guess: 1 channel is grey, 2
 * are NV21, 3 are BGR, 4 are RGBA; of USHORT 1 is grey, 3 are BGR and 4 are BGRA. One buffer has all planes, or each plane
 * has its own.
 *
 * <p>As with FFmpegFrameRecorder, RGB of 8 bits becomes YUV 4:2:0, here of full range, as JPEG: 6 ms for 1280x720, where
 * PNG takes 140, and an application with default settings has no RGB on its output. Codec {@code png} or {@code raw} keeps
 * every sample. All other samples change only if {@code setPixelFormat} or option {@code resize} says so, or where no
 * format of ours holds the layout ({@link io.kinolift.ffmpeg.InputLayout}). The default codec is the usual one of the
 * format ({@link io.kinolift.codec.FrameCodecs#usual}): JPEG for YUV and grey of 8 bits, FFV1 for more bits or alpha.
 * Another size, format or aspect begins a new segment.
 *
 * <p><b>Times</b> are microseconds; {@link io.kinolift.client.RecordClock} says which one a frame gets. Frames without an
 * image are counted and ignored. The end of the stream is sent by {@code stop}.
 *
 * <p><b>Failures.</b> A frame that cannot be sent fails its own {@code record()} call; the next may succeed. A record that
 * the broker does not take ends the run: every later call gives the same exception, and there is no end of the stream, so
 * that Kinolift does not take the part for the whole. {@code stop} and {@code start} begin a new session, a higher
 * number; a fixed option {@code session} must be raised for it. A grabber leaves out records that do not decode, names them in the log and marks the next frame; option {@code
 * errors=fail} makes them exceptions.
 *
 * <p><b>Frames that refer to others</b> (H.264, HEVC, VP9, AV1) are read too: {@code DisplayOrder} decodes them and gives them in
 * the order of display. What comes before the first key frame, or after something that is missing or damaged, is left out up
 * to the next key frame; the first one left out is in the log, all are counted. A grabber that seeks decodes from the key
 * frame before. H.264 whose frames may be shown in another order than they come waits for 16 frames more; with a {@code
 * dts} that equals the {@code pts}, as outputs have, for none.
 *
 * <p><b>Memory.</b> A recorder holds at most option {@code in.flight.bytes} of pictures and records, one picture more while
 * it is copied, and the encoders' own. A grabber holds one picture, one frame, and what Kafka's consumer has fetched; of frames that
 * refer to others, also the decoder with up to 32 pictures, and while it seeks the records of two groups.
 *
 * <p>Options are constants of {@link io.kinolift.client.Options}; settings of Kafka's clients pass through, all others
 * are named in the log. {@code src/doc/clients-java.md} is the table for users.
 *
 * <p>The only package that sees {@code org.bytedeco.javacv}. It needs a thread of its own for nothing but sending, and
 * shares no code with {@code transfer}, which stands above the application: programs of others shall not load that.
 * Imports {@code frame}, {@code codec}, {@code ffmpeg}, {@code avro} and {@code wire}.
 */
package io.kinolift.client;
