/**
 * The temporal stage {@code motion}: {@link io.kinolift.upscale.motion.MotionOperator} makes frames between inputs along
 * the motion, of the inputs' size. What motion is, and how a picture is made along it, is in {@code io.kinolift.motion}.
 */
package io.kinolift.upscale.motion;
