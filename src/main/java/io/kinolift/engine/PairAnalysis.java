package io.kinolift.engine;

import io.kinolift.frame.Picture;
import io.kinolift.pair.Pair;

/** Looks at two neighbouring pictures. Used by several threads at once. */
interface PairAnalysis {
    Pair of(Picture before, Picture after);
}
