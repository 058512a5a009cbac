package io.kinolift.kernel;

/**
 * Weights of sums that share their terms: terms x sums, cut into tiles of 4 or 6 sums, as many as registers hold at
 * once. The last tile is filled up with sums of no weight.
 */
public final class ConvTransposeTable {
    static final int SMALL_TILE = 4;
    static final int LARGE_TILE = 6;

    final int terms;
    final int[] tileSize;
    /** Per tile terms x sums of the tile. */
    final float[][] weight;
    final float[][] bias;
    private final int paddedSums;

    /**
     * @param weight terms x bias.length
     * @param bias what each sum starts with
     */
    public ConvTransposeTable(int terms, float[] weight, float[] bias) {
        this.terms = terms;
        tileSize = tiles(bias.length);
        this.weight = new float[tileSize.length][];
        this.bias = new float[tileSize.length][];
        int first = 0;
        for (int tile = 0; tile < tileSize.length; tile++) {
            int size = tileSize[tile];
            int real = Math.min(size, bias.length - first);
            this.weight[tile] = new float[terms * size];
            this.bias[tile] = new float[size];
            System.arraycopy(bias, first, this.bias[tile], 0, real);
            for (int term = 0; term < terms; term++) {
                System.arraycopy(weight, term * bias.length + first, this.weight[tile], term * size, real);
            }
            first += size;
        }
        paddedSums = first;
    }

    /** The sums with those that fill the last tile; they are written too. */
    public int paddedSums() {
        return paddedSums;
    }

    private static int[] tiles(int sums) {
        int large = sums % LARGE_TILE == 0 || sums % LARGE_TILE > SMALL_TILE
                ? Math.ceilDiv(sums, LARGE_TILE) : sums / LARGE_TILE;
        // 7 and 8 are two small tiles rather than a large one and a rest of 1 or 2.
        if (sums % LARGE_TILE != 0 && sums % LARGE_TILE <= 2 && large > 0) {
            large--;
        }
        int small = Math.ceilDiv(Math.max(0, sums - large * LARGE_TILE), SMALL_TILE);
        int[] sizes = new int[large + small];
        for (int tile = 0; tile < sizes.length; tile++) {
            sizes[tile] = tile < large ? LARGE_TILE : SMALL_TILE;
        }
        return sizes;
    }
}
