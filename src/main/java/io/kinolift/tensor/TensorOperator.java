package io.kinolift.tensor;

/** Turns one tensor into another. Operators are immutable and safe for use by several threads. */
@FunctionalInterface
public interface TensorOperator {
    /**
     * Applies the operator.
     *
     * @param input is not changed
     * @return a new tensor
     * @throws IllegalArgumentException if the operator has no meaning for this shape
     */
    Tensor apply(Tensor input);

    /** Applies this operator, and then another one to its result. */
    default TensorOperator then(TensorOperator next) {
        return input -> next.apply(apply(input));
    }
}
