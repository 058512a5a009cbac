package io.kinolift.kernel.convolve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Weights of sums that share their terms, terms x sums, cut into tiles of a few neighbouring sums. A tile takes the
 * terms with a weight other than 0 in any of its sums.
 */
public final class ConvTransposeTable {
    public static final int SIX = 6;
    static final int QUAD = 4;
    static final int TRIPLE = 3;
    static final int PAIR = 2;

    final List<Tile> tiles;
    private final int sums;

    /**
     * The sums made at once.
     *
     * @param terms the numbers of the terms taken, ascending
     * @param weight terms taken x sums of the tile
     * @param bias starting value of each sum
     */
    record Tile(int[] terms, float[] weight, float[] bias) {
        int size() {
            return bias.length;
        }
    }

    /**
     * @param weight terms x bias.length
     * @param bias starting value of each sum
     * @param largestTile limit of the kernel that will use the table
     */
    public ConvTransposeTable(int terms, float[] weight, float[] bias, int largestTile) {
        sums = bias.length;
        List<Tile> cut = new ArrayList<>();
        for (int first = 0; first < sums; first += cut.getLast().size()) {
            cut.add(tile(terms, weight, bias, first, tileSize(sums - first, largestTile)));
        }
        tiles = List.copyOf(cut);
    }

    public int sums() {
        return sums;
    }

    /**
     * As large as possible, without leaving a single sum behind if that can be avoided: its loads would serve only one
     * sum.
     */
    private static int tileSize(int left, int largest) {
        return IntStream.of(SIX, QUAD, TRIPLE, PAIR)
                .filter(size -> size <= Math.min(left, largest) && left - size != 1)
                .findFirst()
                .orElse(1);
    }

    private static Tile tile(int terms, float[] weight, float[] bias, int first, int size) {
        int[] taken = IntStream.range(0, terms)
                .filter(term -> IntStream.range(first, first + size).anyMatch(m -> weight[term * bias.length + m] != 0))
                .toArray();
        float[] packed = new float[taken.length * size];
        for (int i = 0; i < taken.length; i++) {
            System.arraycopy(weight, taken[i] * bias.length + first, packed, i * size, size);
        }
        return new Tile(taken, packed, Arrays.copyOfRange(bias, first, first + size));
    }
}
