package io.kinolift.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes small ONNX models: the protocol buffers of onnx.proto by hand, numbers as they are there. */
final class OnnxFile {
    private static final int FLOAT = 1;
    private static final int ATTRIBUTE_INT = 2;
    private static final int ATTRIBUTE_STRING = 3;
    private static final int ATTRIBUTE_INTS = 7;
    private static final int OPSET = 13;
    private static final int IR_VERSION = 8;

    private final Message graph = new Message().text(2, "test");
    private final Message model = new Message().number(1, IR_VERSION);

    /** A message under construction. */
    private static final class Message {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Message number(int field, long value) {
            varint((long) field << 3);
            varint(value);
            return this;
        }

        Message bytes(int field, byte[] value) {
            varint((long) field << 3 | 2);
            varint(value.length);
            bytes.writeBytes(value);
            return this;
        }

        Message text(int field, String value) {
            return bytes(field, value.getBytes(StandardCharsets.UTF_8));
        }

        Message message(int field, Message value) {
            return bytes(field, value.bytes.toByteArray());
        }

        private void varint(long value) {
            long rest = value;
            for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
                bytes.write((int) ((rest & 0x7f) | 0x80));
            }
            bytes.write((int) rest);
        }
    }

    /** @param shape numbers are fixed, -1 is free */
    OnnxFile input(String name, long... shape) {
        graph.message(11, value(name, shape));
        return this;
    }

    OnnxFile output(String name, long... shape) {
        graph.message(12, value(name, shape));
        return this;
    }

    private static Message value(String name, long... shape) {
        Message dimensions = new Message();
        for (int i = 0; i < shape.length; i++) {
            dimensions.message(1, shape[i] < 0 ? new Message().text(2, name + i) : new Message().number(1, shape[i]));
        }
        Message tensor = new Message().number(1, FLOAT).message(2, dimensions);
        return new Message().text(1, name).message(2, new Message().message(1, tensor));
    }

    OnnxFile weights(String name, float[] values, long... shape) {
        Message tensor = new Message();
        for (long size : shape) {
            tensor.number(1, size);
        }
        ByteBuffer raw = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        graph.message(5, tensor.number(2, FLOAT).text(8, name).bytes(9, raw.array()));
        return this;
    }

    /** @param attributes ints, or text; an array of one is a list all the same, a Long is a number */
    OnnxFile node(String type, String[] inputs, String[] outputs, Map<String, Object> attributes) {
        Message node = new Message();
        for (String input : inputs) {
            node.text(1, input);
        }
        for (String output : outputs) {
            node.text(2, output);
        }
        node.text(4, type);
        attributes.forEach((name, value) -> {
            Message attribute = new Message().text(1, name);
            switch (value) {
                case Long number -> attribute.number(3, number).number(20, ATTRIBUTE_INT);
                case String text -> attribute.text(4, text).number(20, ATTRIBUTE_STRING);
                case long[] numbers -> {
                    for (long number : numbers) {
                        attribute.number(8, number);
                    }
                    attribute.number(20, ATTRIBUTE_INTS);
                }
                default -> throw new IllegalArgumentException("no such attribute: " + value);
            }
            node.message(5, attribute);
        });
        graph.message(1, node);
        return this;
    }

    OnnxFile metadata(String key, String value) {
        model.message(14, new Message().text(1, key).text(2, value));
        return this;
    }

    byte[] bytes() {
        Message opset = new Message().text(1, "").number(2, OPSET);
        return model.message(7, graph).message(8, opset).bytes.toByteArray();
    }
}
