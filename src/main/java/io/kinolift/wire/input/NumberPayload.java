package io.kinolift.wire.input;

import com.fasterxml.jackson.databind.JsonNode;

/** Bytes as an array of numbers from -128 to 255, alone or as Node writes a {@code Buffer}. Outputs are text. */
final class NumberPayload {
    private NumberPayload() {}

    /** Null if the value is nothing of the kind. */
    static byte[] read(JsonNode value) {
        JsonNode array = value.isObject() && value.path("type").asText().equals("Buffer") ? value.get("data") : value;
        if (array == null || !array.isArray() || array.isEmpty()) {
            return null;
        }
        byte[] bytes = new byte[array.size()];
        for (int i = 0; i < bytes.length; i++) {
            int number = array.get(i).asInt(Integer.MIN_VALUE);
            if (number < Byte.MIN_VALUE || number > 255) {
                return null;
            }
            bytes[i] = (byte) number;
        }
        return bytes;
    }
}
