/**
 * Learns the weights of a transposed convolution from footage.
 *
 * <p>A transposed convolution with stride s is one linear filter per output phase, so the weights with the least mean
 * squared error are the solution of linear equations, and no training is needed. Footage is made smaller
 * ({@link io.kinolift.fit.Degradation}), and the filters are sought that give it back.
 *
 * <ul>
 *   <li>A {@code ClipPass} reads a clip once, frames in parallel, into {@code ClipSums}; clips follow one another.
 *       {@code FramePass} takes frames each by itself; {@code Accumulator} adds them to {@code Statistics}: exact sums
 *       of products, the same for any order, tens of kilobytes per clip however long it is.
 *   <li>{@code NormalEquations} pools the clips' sums over mirrored and transposed pictures, adds the ridge and the
 *       constraint of unit gain, and solves. {@code SpatialFit} chooses the ridge and the clips' weights.
 *   <li>In time outputs between inputs are a linear blend of two, and {@code BetweenPass} adds up those blends for a
 *       spatial kernel of their own: {@link io.kinolift.fit.TimeScale} says where outputs lie, {@code ThinnedClip}
 *       reads them with the inputs around. {@code BetweenFit} solves for the clip that gains least, because the mean
 *       hides ghosts that were sharpened: over twelve clips, each left out in turn, bicubic is met on every clip and
 *       the mean gain falls by 0.05 dB.
 *   <li>One kernel can do no more than is above. {@code BankFit} fits one for each class of {@link
 *       io.kinolift.upscale.adapt.GradientClasses}, by the statistics of {@code ClassAccumulator}, six megabytes per clip and
 *       per thread; the ridge draws rare classes to the kernel that serves all. What classes are told by was measured
 *       over twelve clips, each left out in turn, as gain over one kernel in the mean and on the worst: angle and
 *       coherence 0.75 and - 0.18 dB, angle and fineness of detail, by which soft footage is known, 0.63 and - 0.21,
 *       all of them 0.83 and - 0.05. Angles that are centred on the axes, rather than bounded by them, lose a third.
 *       Strength matters to JPEG: 0.1 dB.
 *   <li>{@code StatisticsFile} keeps the sums of every pass, whichever they are, so that an interrupted fit goes on:
 *       after each clip, and every 30 seconds of one. A fit that is killed loses no more than that, and reads again
 *       only clips that were not done; of one that was begun it decodes the frames that it has, and does nothing else
 *       with them. A file of other settings, or of a clip that is not among those given, is refused.
 *   <li>{@link io.kinolift.fit.FittedWeights} are the weights and their provenance.
 *   <li>{@link io.kinolift.fit.Evaluation} measures operators of the stream and FFmpeg's scaler on footage that was
 *       made smaller; {@link io.kinolift.fit.Contender} is one operator, {@code Enlarger} whatever enlarges.
 * </ul>
 *
 * <p>What ships, {@link io.kinolift.weights.ShippedWeights}, lies beside that class in the resources and was made by
 * {@code kinolift fit FOLDER CLIP... --shipped --every 4 --overwrite}; the metadata of each file has the hashes of its
 * clips, the degradation, and the scores.
 *
 * <p>The same footage and settings give the same bytes, for any number of threads and any interruption. Threads are as
 * many as half of the heap has room for; the other half is for what is known of clips. Only luma is looked at. Imports
 * {@code frame}, {@code codec}, {@code quality}, {@code tensor}, {@code weights} and {@code upscale}.
 */
package io.kinolift.fit;
