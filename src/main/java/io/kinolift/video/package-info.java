/**
 * Reads and writes video files.
 *
 * <ul>
 *   <li>A {@link io.kinolift.video.Source} is a name and what its bytes do not say. {@link
 *       io.kinolift.video.SourceAddress} decides whether the name is a file, a pipe, pictures or a URL.
 *   <li>Files can name other files. {@link io.kinolift.video.NamingRule} says which ones they may name, and {@link
 *       io.kinolift.video.Allowed} what the user adds. {@link io.kinolift.video.NestedOpens} is where FFmpeg asks before it
 *       opens one. Two formats do not ask, so {@link io.kinolift.video.ConcatScript} and {@link
 *       io.kinolift.video.Manifest} read them first; {@link io.kinolift.video.InputFormats} leaves out the others.
 *   <li>{@link io.kinolift.video.VideoReader} reads sources. {@link io.kinolift.video.PictureSource} can
 *       also read the output of FFmpeg's filters. {@link io.kinolift.video.MediaInput} is the container below them: its
 *       packets have one clock that begins with 0 ({@link io.kinolift.video.SourceClock}).
 *   <li>{@link io.kinolift.video.Deinterlacer} stands behind the decoder, and {@link io.kinolift.video.FrameIntake} makes
 *       pictures of its frames. {@link io.kinolift.video.PacketsAside} holds what
 *       else is in a source that can be read only once.
 *   <li>{@link io.kinolift.video.CodedReader} reads inter-coded pictures as they are, without decoding them.
 *   <li>{@link io.kinolift.video.VideoWriter} writes pictures to files, {@link io.kinolift.video.CodedWriter} inter-coded
 *       pictures as they are. Both write to a {@code ContainerFile}, which has all else beside them. {@link io.kinolift.video.ContainerClock} puts exact times on
 *       the ticks of the container.
 *   <li>{@link io.kinolift.video.SideStreams} copies all that is not the pictures. Each stream has a {@link
 *       io.kinolift.video.PacketRoute} from the input to a {@link io.kinolift.video.PacketSink} of the output: {@link
 *       io.kinolift.video.PacketCopy}, {@link io.kinolift.video.AudioConversion} or {@link
 *       io.kinolift.video.SubtitleConversion}. {@link io.kinolift.video.ContainerRules} says which. {@link
 *       io.kinolift.video.ReadBack} compares the finished file with what was given to it.
 *   <li>Sound can also go packet by packet: {@link io.kinolift.video.SoundIntake} gives it while pictures are read, and {@link
 *       io.kinolift.video.SoundStreams} writes what a {@link io.kinolift.video.SoundSupply} has. {@link
 *       io.kinolift.video.AudioRoutes} chooses between copy and conversion for both ways.
 *   <li>{@link io.kinolift.video.PictureSideData} is what a video says about all its pictures: rotation, HDR10, stereo.
 * </ul>
 *
 * <p>JavaCV's FFmpegFrameGrabber is not used, for three reasons. It hides errors of the decoder, so damage cannot be
 * counted. It opens the audio decoder too, and fails if only that one is missing. Its times are microseconds, and are
 * wrong if the file has none. JavaCV's FFmpegFrameRecorder cannot keep exact time bases or copy audio packets.
 *
 * <p>The AV1, FFV1 and ProRes encoders take 10 bits, H.264 and VP9 do not. A file with samples above its depth is refused.
 *
 * <p>Imports {@code frame}, {@code codec} and {@code ffmpeg} only.
 */
package io.kinolift.video;
