/**
 * Operators that take the place of another one to save time: their outputs are as many, of the same size and at the same
 * times, and need no input that the other one does not need. So they can be exchanged from window to window.
 *
 * <ul>
 *   <li>{@link io.kinolift.upscale.level.StandIn} holds an operator to the counts and positions of the one that it stands
 *       in for, and lets that one work where it refuses a format itself.
 *   <li>{@link io.kinolift.upscale.level.SameSize} is interpolation to the size of another operator's outputs.
 * </ul>
 *
 * <p>{@code settings} chooses them; {@code compose.NearestInTime} is one more.
 */
package io.kinolift.upscale.level;
