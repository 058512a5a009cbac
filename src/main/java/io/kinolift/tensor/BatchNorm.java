package io.kinolift.tensor;

/**
 * {@code torch.nn.BatchNorm1d}, {@code 2d} and {@code 3d} in evaluation mode: each channel is shifted and scaled by the
 * statistics of the training data, {@code (x - mean) / sqrt(variance + epsilon) * weight + bias}. Input is (N, C, ...).
 *
 * @param weight one number per channel, or null for ones
 * @param bias one number per channel, or null for zeros
 * @param runningMean one number per channel
 * @param runningVariance one number per channel
 * @param epsilon keeps the root away from zero; 1e-5 in PyTorch
 */
public record BatchNorm(Tensor weight, Tensor bias, Tensor runningMean, Tensor runningVariance, double epsilon)
        implements TensorOperator {
    /** @throws IllegalArgumentException if the tensors are not all of one dimension and the same size */
    public BatchNorm {
        int channels = runningMean.count();
        check("running_mean", runningMean, channels);
        check("running_var", runningVariance, channels);
        check("weight", weight, channels);
        check("bias", bias, channels);
    }

    private static void check(String name, Tensor tensor, int channels) {
        if (tensor != null && (tensor.rank() != 1 || tensor.count() != channels)) {
            throw new IllegalArgumentException("expected " + name + " of shape [" + channels + "], found " + tensor);
        }
    }

    @Override
    public Tensor apply(Tensor input) {
        int channels = runningMean.count();
        if (input.rank() < 2 || input.size(1) != channels) {
            throw new IllegalArgumentException("expected input of " + channels + " channels, found " + input);
        }
        Tensor output = Tensor.zeros(input.shape());
        int plane = input.count() / input.size(0) / channels;
        for (int i = 0; i < input.count(); i++) {
            int c = i / plane % channels;
            double gain = (weight == null ? 1 : weight.data()[c])
                    / Math.sqrt(runningVariance.data()[c] + epsilon);
            double shift = bias == null ? 0 : bias.data()[c];
            output.data()[i] = (float) ((input.data()[i] - (double) runningMean.data()[c]) * gain + shift);
        }
        return output;
    }
}
