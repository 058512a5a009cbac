/**
 * Work on two neighbouring pictures, for everybody who needs its result: scene cuts, filled gaps, and operators.
 *
 * <p>A {@link io.kinolift.pair.Pair} depends on its two pictures alone, never on windows or clocks, so everyone who
 * computes it gets the same result. {@code engine} computes each pair once and offers it to operators. The same holds for
 * {@link io.kinolift.pair.PictureChange}. It looks at every sample, so it is no part of a pair: only an operator that asks
 * for it pays, and it is computed while both pictures are there.
 */
package io.kinolift.pair;
