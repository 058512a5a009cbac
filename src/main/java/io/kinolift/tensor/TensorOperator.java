package io.kinolift.tensor;

/** What turns one tensor into another. Operators are immutable and safe for use by several threads. */
@FunctionalInterface
public interface TensorOperator {
    /**
     * @param input left as it is
     * @return a new tensor
     * @throws IllegalArgumentException if the operator has no meaning for this shape
     */
    Tensor apply(Tensor input);

    /** This operator, and then another on what it gives. */
    default TensorOperator then(TensorOperator next) {
        return input -> next.apply(apply(input));
    }
}
