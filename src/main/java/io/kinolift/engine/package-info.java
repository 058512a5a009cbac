/**
 * A window in, output frames out: decode, pairs, operator, encode, in parallel. Knows neither Kafka nor Avro.
 *
 * <p>{@link io.kinolift.engine.WindowUpscaler} works through one window at a time while its caller waits:
 *
 * <ol>
 *   <li>{@code WindowDecoder} decodes the core and all frames that taps reach, unless they are in the
 *       {@code WindowCache}. A place in a gap is filled: under {@code hold} with the picture before the gap, under
 *       {@code bridge} with a blend of both sides ({@code Bridge}).
 *   <li>{@code SceneCuts} compares neighbours. Each {@link io.kinolift.pair.Pair} is computed once, also across the
 *       border of two windows, and operators find it in {@link io.kinolift.upscale.InputFrames#pair}. The same holds for
 *       changes, which only operators ask for.
 *   <li>{@code OutputMaker} makes each output: the operator fills a picture, whose rows idle threads share when a window
 *       has few outputs ({@code SharedBands}); a pooled codec encodes it; an
 *       {@link io.kinolift.engine.OutputWriter} makes a record of it while the payload is still in its buffer, so that
 *       it is copied once.
 *   <li>The caller receives the results in order, and then the number of repeated pictures ({@code Repeats}), which an
 *       operator for cadence tells.
 * </ol>
 *
 * <p>Pictures are cached by source offset for the next window of their stream, and pairs by the offsets of both frames.
 * Together they stay within a number of bytes; a stream that is silent or ended loses its own.
 *
 * <p>Inter-coded frames are decoded by one thread, group by group. Each group has a decoder ({@code OpenGroup}), which {@code
 * GroupCache} keeps from window to window, so that each frame is decoded once; one that is gone is made anew from the
 * key frame on. A picture is given out when all frames before it in the order of decoding have come out undamaged. After
 * damage, the rest of the group is undecodable.
 *
 * <p>Outputs that refer to each other ({@code kinolift.frame.codec=h264}) are made in parallel too, and encoded in order.
 * Each stream has the encoder of its open group ({@code OpenOutputs}), which is a cache like the decoders: what it writes
 * is a function of the group's pictures, of the holes between them and of the settings. If it is gone, the outputs that
 * the group began with are made and encoded once more, and thrown away ({@link io.kinolift.window.EarlierOutputs}).
 *
 * <h2>Barriers and holes</h2>
 *
 * Two pictures that differ by more than {@code kinolift.scene.cut} ({@link io.kinolift.pair.SceneSignature}) belong to
 * different shots. No tap reaches over a cut: the nearer side's edge is repeated, no frame is lost, and the grid runs
 * on. Whether there is a cut depends on the two pictures alone, and every window whose outputs blend them holds both. On
 * twelve clips of 2211 frames the greatest distance within a shot is 0.35 (a bird that flaps before the lens), and the
 * least at the three true cuts is 0.64. Of 32,000 pairs of frames from different clips the least is 0.398, and two are
 * below the default of 0.4. {@code off} gives PyTorch's result.
 *
 * <p>A frame that cannot be decoded is also a barrier, and it is a hole: outputs that would mostly show it are not
 * made. A made-up frame that cannot be decoded is a hole, but no dead letter.
 *
 * <h2>Levels</h2>
 *
 * A window says at which {@link io.kinolift.engine.Level} it is made. {@link io.kinolift.engine.StreamPlan#at} then has
 * another operator, and everything else of the plan: counts, times, scene cuts and holes are the same at every level. What is
 * kept between windows does not depend on levels: pictures and pairs are functions of the frames alone, operators are bound
 * one by one, and the motion between two pictures is a function of the two, shared by all levels that follow it.
 *
 * <p>{@link io.kinolift.engine.LevelWarmUp} runs the operators of all levels before the first window, as the first one of a
 * level would otherwise be late.
 *
 * <h2>Limits</h2>
 *
 * The native memory of a window follows from its frames' headers and is checked before any of it is allocated
 * ({@link io.kinolift.engine.FrameLimits}). An output that is too large for its record is encoded again at lower
 * quality, down to a floor. This depends on the picture and the settings only, so every node gets the same result, even
 * if the output is made again.
 *
 * <p>The {@link io.kinolift.engine.StreamPlan} says how the frames of a stream are upscaled. It depends on the stream's
 * id only, so every node has the same plan.
 */
package io.kinolift.engine;
