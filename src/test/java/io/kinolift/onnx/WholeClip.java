package io.kinolift.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;

/** ONNX Runtime on a whole clip at once. */
public final class WholeClip {
    private WholeClip() {}

    /**
     * Runs a model over all frames at once.
     *
     * @param shape of the samples, as the model's input is
     */
    public static float[] run(byte[] model, float[] samples, long... shape) throws Exception {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(model);
                OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(samples), shape);
                OrtSession.Result result = session.run(Map.of("x", tensor))) {
            FloatBuffer made = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] values = new float[made.remaining()];
            made.get(values);
            return values;
        }
    }
}
