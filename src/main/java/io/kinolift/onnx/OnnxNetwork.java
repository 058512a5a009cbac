package io.kinolift.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.kinolift.upscale.network.Network;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;

/** A network in an ONNX file. It stays in native memory as long as the process runs. */
public final class OnnxNetwork implements Network {
    private static final int SPACE = 4;
    private static final int TRIAL_DEPTH = 3;
    private static final int TRIAL_SIZE = 32;

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final String input;
    private final boolean hasDepth;
    private final int channels;
    private final Map<String, String> metadata;
    private final int[] factors;

    private OnnxNetwork(OrtEnvironment environment, OrtSession session) throws OrtException {
        this.environment = environment;
        this.session = session;
        long[] shape = shape("input", session.getInputInfo().values());
        long[] output = shape("output", session.getOutputInfo().values());
        if (output.length != shape.length) {
            throw new IllegalArgumentException("expected an output of as many dimensions as the input, found "
                    + Arrays.toString(shape) + " and " + Arrays.toString(output));
        }
        input = session.getInputNames().iterator().next();
        hasDepth = shape.length > SPACE;
        channels = (int) shape[1];
        metadata = session.getMetadata().getCustomMetadata();
        factors = trial();
    }

    /**
     * Loads a model.
     *
     * @param model an ONNX file's bytes
     * @throws IllegalArgumentException in one line, if it is not a model, or not of the kind that this package
     *     describes
     */
    public static OnnxNetwork load(byte[] model) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            OrtSession session = environment.createSession(model, options);
            try {
                return new OnnxNetwork(environment, session);
            } catch (OrtException | RuntimeException e) {
                session.close();
                throw e;
            }
        } catch (OrtException e) {
            throw new IllegalArgumentException("expected a model that ONNX Runtime can run, found: " + line(e), e);
        }
    }

    private static long[] shape(String what, Collection<NodeInfo> nodes) {
        if (nodes.size() != 1 || !(nodes.iterator().next().getInfo() instanceof TensorInfo tensor)) {
            throw new IllegalArgumentException(
                    "expected one tensor as " + what + ", found " + nodes.size() + " values");
        }
        long[] shape = tensor.getShape();
        if (tensor.type != OnnxJavaType.FLOAT || shape.length < SPACE || shape.length > SPACE + 1) {
            throw new IllegalArgumentException("expected floats [N, C, H, W] or [N, C, D, H, W] as " + what + ", found "
                    + tensor.type + " " + Arrays.toString(shape));
        }
        boolean fixed = Arrays.stream(shape, 2, shape.length).anyMatch(size -> size >= 0);
        if (what.equals("input") && (fixed || shape[0] > 1 || shape[1] < 1)) {
            throw new IllegalArgumentException("expected an input of one picture or free N, a fixed number of channels,"
                    + " and free depth, height and width (-1), found " + Arrays.toString(shape));
        }
        return shape;
    }

    /** Runs the network on two inputs of different sizes to find its factors. */
    private int[] trial() throws OrtException {
        int multiple = Integer.parseInt(metadata.getOrDefault("multiple", "1"));
        int size = Math.ceilDiv(TRIAL_SIZE, multiple) * multiple;
        int[] first = {hasDepth ? TRIAL_DEPTH : 1, size, size + multiple};
        int[] second = {hasDepth ? TRIAL_DEPTH + 1 : 1, size + multiple, size};
        int[] made = extents(first);
        int[] found = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            found[axis] = Math.max(1, made[axis] / first[axis]);
        }
        for (int[] given : new int[][] {first, second}) {
            int[] expected = {given[0] * found[0], given[1] * found[1], given[2] * found[2]};
            int[] shape = extents(given);
            if (!Arrays.equals(shape, expected)) {
                throw new IllegalArgumentException("expected an output of whole multiples of the input, found "
                        + Arrays.toString(shape) + " (time, height, width) for " + Arrays.toString(given));
            }
        }
        return found;
    }

    private int[] extents(int[] given) throws OrtException {
        try (OnnxTensor tensor =
                        tensor(new float[channels * given[0] * given[1] * given[2]], given[0], given[1], given[2]);
                OrtSession.Result result = session.run(Map.of(input, tensor))) {
            long[] shape = ((OnnxTensor) result.get(0)).getInfo().getShape();
            if (shape[1] != channels) {
                throw new IllegalArgumentException(
                        "expected as many channels of output as of input, found " + shape[1] + " and " + channels);
            }
            return new int[] {
                hasDepth ? (int) shape[2] : 1, (int) shape[shape.length - 2], (int) shape[shape.length - 1]
            };
        }
    }

    private OnnxTensor tensor(float[] samples, int depth, int height, int width) throws OrtException {
        long[] shape =
                hasDepth ? new long[] {1, channels, depth, height, width} : new long[] {1, channels, height, width};
        return OnnxTensor.createTensor(environment, FloatBuffer.wrap(samples), shape);
    }

    @Override
    public int channels() {
        return channels;
    }

    @Override
    public int[] factors() {
        return factors.clone();
    }

    /** Whether it sees several frames at once. */
    public boolean hasDepth() {
        return hasDepth;
    }

    /** The file's metadata. */
    public Map<String, String> metadata() {
        return metadata;
    }

    @Override
    public float[] run(float[] samples, int depth, int height, int width) {
        int expected = samples.length * factors[0] * factors[1] * factors[2];
        try (OnnxTensor tensor = tensor(samples, depth, height, width);
                OrtSession.Result result = session.run(Map.of(input, tensor))) {
            FloatBuffer made = ((OnnxTensor) result.get(0)).getFloatBuffer();
            if (made.remaining() != expected) {
                throw new IllegalStateException("expected " + expected + " samples from the network for " + depth + "x"
                        + height + "x" + width + ", found " + made.remaining());
            }
            float[] values = new float[expected];
            made.get(values);
            return values;
        } catch (OrtException e) {
            throw new IllegalStateException("the network failed: " + line(e), e);
        }
    }

    private static String line(OrtException e) {
        return String.valueOf(e.getMessage())
                .lines()
                .findFirst()
                .orElse("no reason given")
                .strip();
    }
}
