/**
 * The motion half way between two pictures, to be looked at: {@link io.kinolift.motion.view.MotionView} finds it with the
 * loops and the range that streams have, {@link io.kinolift.motion.view.MotionFigures} counts, and {@code MotionPlot} draws
 * arrows over the picture that is made along it.
 *
 * <p>Imports {@code frame}, {@code kernel}, {@code motion} and {@code quality}.
 */
package io.kinolift.motion.view;
