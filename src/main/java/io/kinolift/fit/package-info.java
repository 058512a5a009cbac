/**
 * Learns the weights of a transposed convolution from footage.
 *
 * <p>A transposed convolution with stride s is one linear filter per output phase. The weights with the least mean
 * squared error are therefore the solution of linear equations, and no training is needed. Footage is made smaller
 * ({@link io.kinolift.fit.Degradation}), and the fit finds the filters that restore it best.
 *
 * <ul>
 *   <li><b>Sums.</b> A {@code ClipPass} reads a clip once, frames in parallel, into {@code ClipSums}; clips follow one
 *       another. {@code FramePass} takes single frames. {@code Accumulator} adds them to {@code Statistics}: exact sums
 *       of products, which are the same for any order and take tens of kilobytes per clip, however long it is.
 *   <li><b>One kernel.</b> {@code NormalEquations} pools the clips' sums over mirrored and transposed pictures, adds
 *       the ridge and the constraint of unit gain, and solves. {@code SpatialFit} chooses the ridge and the clips'
 *       weights.
 *   <li><b>Between frames.</b> An output between two inputs is a linear blend of them. {@code BetweenPass} adds up
 *       these blends, and they get a spatial kernel of their own. {@link io.kinolift.fit.TimeScale} says where outputs
 *       lie; {@code ThinnedClip} reads them with the inputs around them. {@code BetweenFit} solves for the clip that
 *       gains least, because the mean hides sharpened ghosts. Over twelve clips, each left out in turn, no clip is then
 *       worse than bicubic, and the mean gain falls by 0.05 dB.
 *   <li><b>Adaptive weights.</b> {@code BankFit} fits one kernel for each class of {@link
 *       io.kinolift.upscale.adapt.GradientClasses}. It uses the statistics of {@code ClassAccumulator}, which take six
 *       megabytes per clip and per thread. The ridge draws rare classes towards the single kernel. The table below says
 *       what each choice of classes gains over one kernel.
 *   <li><b>Interruption.</b> {@code StatisticsFile} keeps the sums of every pass, after each clip and every 30 seconds
 *       within one, so that an interrupted fit can continue. A resumed fit skips finished clips. In an unfinished clip
 *       it decodes the frames that are already in the sums, but does not add them again. It refuses a file with other
 *       settings, or with a clip that is not among those given.
 *   <li><b>Results.</b> {@link io.kinolift.fit.FittedWeights} are the weights and their provenance. {@link
 *       io.kinolift.fit.Evaluation} measures streaming operators and FFmpeg's scaler on footage that was made smaller,
 *       {@link io.kinolift.fit.TimeEvaluation} the ways to make frames between inputs on footage that frames were dropped
 *       from.
 *       {@link io.kinolift.fit.Contender} is one operator; {@code Enlarger} is anything that enlarges.
 * </ul>
 *
 * <table>
 *   <caption>Gain over one kernel in dB, over twelve clips, each left out in turn</caption>
 *   <tr><th>classes by</th><th>mean</th><th>worst clip</th></tr>
 *   <tr><td>angle and coherence</td><td>0.75</td><td>- 0.18</td></tr>
 *   <tr><td>angle and fineness of detail, which identifies soft footage</td><td>0.63</td><td>- 0.21</td></tr>
 *   <tr><td>all of them</td><td>0.83</td><td>- 0.05</td></tr>
 * </table>
 *
 * Classes of angles that are centred on the axes, rather than bounded by them, lose a third of the gain. Strength gains
 * 0.1 dB for JPEG footage.
 *
 * <p>The weights that come with Kinolift ({@link io.kinolift.weights.ShippedWeights}) are in the resources beside that
 * class. {@code kinolift fit FOLDER CLIP... --shipped --every 4 --overwrite} made them. The metadata of each file has
 * the hashes of its clips, the degradation and the scores.
 *
 * <p>The same footage and settings give the same bytes, for any number of threads and any interruption. There are as
 * many threads as fit into half of the heap; the other half is for the clips' statistics. Only luma is used. Imports
 * {@code frame}, {@code codec}, {@code quality}, {@code tensor}, {@code weights} and {@code upscale}.
 */
package io.kinolift.fit;
