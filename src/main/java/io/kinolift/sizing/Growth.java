package io.kinolift.sizing;

/**
 * More streams on a cluster that does not change.
 *
 * @param model whose cluster has a fixed number of partitions
 * @param working instances that are left once the spare ones are lost; they have to keep up
 * @param instances all of them
 * @param threads of each
 */
public record Growth(Model model, int working, int instances, int threads) {
    /** No cluster has more. */
    private static final int MOST_STREAMS = 1 << 24;

    /**
     * The limit that is met first.
     *
     * @param streams that still fit; 0 if not even one does
     * @param limit that one more would exceed
     */
    public record First(int streams, Estimate.Share limit) {}

    /** Of the cluster that an estimate has found. */
    public static Growth of(Model model, Estimate estimate) {
        Cluster fixed = new Cluster(model.cluster().instances(), model.cluster().brokers(), estimate.partitions());
        return new Growth(
                new Model(model.figures(), fixed, model.bounds()),
                estimate.instances() - model.cluster().instances().spare(),
                estimate.instances(),
                estimate.threads());
    }

    /** The same cluster with so many streams. */
    public Estimate at(int streams) {
        return model.of(streams, working, instances, threads);
    }

    /** The first limit. */
    public First first() {
        int fits = 0;
        int tooMany = 1;
        while (tooMany < MOST_STREAMS && at(tooMany).fits()) {
            fits = tooMany;
            tooMany *= 2;
        }
        while (tooMany - fits > 1) {
            int middle = (fits + tooMany) >>> 1;
            if (at(middle).fits()) {
                fits = middle;
            } else {
                tooMany = middle;
            }
        }
        return new First(fits, at(tooMany).tightest());
    }
}
