/**
 * The motion between two neighbouring pictures, and the pictures between them.
 *
 * <ul>
 *   <li>{@link io.kinolift.motion.MotionPair} finds the motion of cells of 4x4 samples of luma, both ways: blocks of 8x8
 *       around each cell, from coarse to fine ({@code MotionSearch}), at a price on leaving what the coarser level and the
 *       neighbours expect ({@code BlockSearch}). {@code BrightnessChange} tells fades and flashes from motion.
 *   <li>{@code BetweenField} is the motion at a time between the two: the vectors that both fields carry there compete
 *       for each cell.
 *   <li>{@link io.kinolift.motion.BetweenPicture} makes the picture at that time, row by row.
 *   <li>{@link io.kinolift.motion.MotionMap} is what {@code BetweenField} holds, for those who look at it.
 * </ul>
 *
 * <p>A pure function of the two pictures: the same samples on every CPU, for every vector width and number of threads.
 *
 * <p>Imports {@code frame} and {@code kernel}.
 */
package io.kinolift.motion;
