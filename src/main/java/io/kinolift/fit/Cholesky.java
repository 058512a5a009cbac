package io.kinolift.fit;

/** Solves linear equations with a symmetric, positive definite matrix. */
final class Cholesky {
    private final double[][] lower;

    /** @throws IllegalArgumentException if the matrix is not positive definite, because there is too little footage */
    Cholesky(double[][] matrix) {
        int size = matrix.length;
        lower = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= lower[i][k] * lower[j][k];
                }
                if (i == j && sum <= matrix[i][i] * 1e-14) {
                    throw new IllegalArgumentException(
                            "expected footage that determines all " + size + " weights, found too little detail in it");
                }
                lower[i][j] = i == j ? Math.sqrt(sum) : sum / lower[j][j];
            }
        }
    }

    double[] solve(double[] right) {
        int size = lower.length;
        double[] solution = right.clone();
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < i; k++) {
                solution[i] -= lower[i][k] * solution[k];
            }
            solution[i] /= lower[i][i];
        }
        for (int i = size - 1; i >= 0; i--) {
            for (int k = i + 1; k < size; k++) {
                solution[i] -= lower[k][i] * solution[k];
            }
            solution[i] /= lower[i][i];
        }
        return solution;
    }
}
