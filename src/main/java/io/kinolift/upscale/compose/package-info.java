/**
 * A temporal stage before a spatial one. The temporal stage makes a picture of the input's size at the output's moment;
 * the spatial stage enlarges that picture. If an input lies at exactly this moment, the temporal stage is left out and
 * the spatial stage sees the input itself.
 *
 * <p>{@link io.kinolift.upscale.compose.NearestInTime} makes no pictures in time: it enlarges the nearest input.
 *
 * <p>Any operator of spatial factor 1 can be the temporal stage, and any operator that looks at one input per output
 * can be the spatial one. Operators with a fused kernel for both, such as trilinear interpolation, do not come through
 * here.
 */
package io.kinolift.upscale.compose;
