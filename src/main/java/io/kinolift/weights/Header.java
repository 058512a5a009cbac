package io.kinolift.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON at the front of a file: {@code {"name": {"dtype", "shape", "data_offsets"}, "__metadata__": {}}}. */
record Header(Map<String, String> metadata, List<Entry> entries) {
    static final String METADATA = "__metadata__";

    /** More than any tensor has; keeps a shape from being a long list of ones. */
    private static final int MAX_RANK = 32;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(3)
                    .maxNumberLength(20)
                    .maxStringLength(Safetensors.MAX_HEADER_BYTES)
                    .build())
            .build();

    static Header parse(String json) throws SafetensorsException {
        try (JsonParser parser = JSON.createParser(json)) {
            Map<String, String> metadata = Map.of();
            List<Entry> entries = new ArrayList<>();
            expect(parser.nextToken(), JsonToken.START_OBJECT, "the header");
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                if (name.equals(METADATA)) {
                    metadata = parseMetadata(parser);
                } else {
                    entries.add(parseEntry(parser, name));
                }
            }
            if (parser.nextToken() != null) {
                throw new SafetensorsException("expected nothing after the header, found " + parser.currentToken());
            }
            return new Header(metadata, entries);
        } catch (SafetensorsException e) {
            throw e;
        } catch (IOException e) {
            throw new SafetensorsException("expected a JSON header, found: " + e.getMessage(), e);
        }
    }

    private static Map<String, String> parseMetadata(JsonParser parser) throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        expect(parser.nextToken(), JsonToken.START_OBJECT, METADATA);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            expect(parser.nextToken(), JsonToken.VALUE_STRING, METADATA + " " + key);
            metadata.put(key, parser.getText());
        }
        return metadata;
    }

    private static Entry parseEntry(JsonParser parser, String name) throws IOException {
        Dtype dtype = null;
        long[] shape = null;
        long[] offsets = null;
        expect(parser.nextToken(), JsonToken.START_OBJECT, name);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "dtype" -> {
                    expect(parser.currentToken(), JsonToken.VALUE_STRING, name + " dtype");
                    dtype = Dtype.of(parser.getText());
                }
                case "shape" -> shape = parseLongs(parser, name + " shape");
                case "data_offsets" -> offsets = parseLongs(parser, name + " data_offsets");
                default ->
                    throw new SafetensorsException(
                            "expected dtype, shape and data_offsets for tensor " + name + ", found " + field);
            }
        }
        if (dtype == null || shape == null || offsets == null || offsets.length != 2) {
            throw new SafetensorsException("expected dtype, shape and two data_offsets for tensor " + name + ", found "
                    + dtype + ", " + Arrays.toString(shape) + ", " + Arrays.toString(offsets));
        }
        try {
            return new Entry(name, dtype, shape, offsets[0], offsets[1]);
        } catch (IllegalArgumentException e) {
            throw new SafetensorsException("tensor " + name + ": " + e.getMessage(), e);
        }
    }

    private static long[] parseLongs(JsonParser parser, String what) throws IOException {
        long[] values = new long[MAX_RANK];
        int count = 0;
        expect(parser.currentToken(), JsonToken.START_ARRAY, what);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(parser.currentToken(), JsonToken.VALUE_NUMBER_INT, what);
            if (count == MAX_RANK) {
                throw new SafetensorsException("expected at most " + MAX_RANK + " numbers for " + what);
            }
            values[count++] = parser.getLongValue();
        }
        return Arrays.copyOf(values, count);
    }

    private static void expect(JsonToken found, JsonToken expected, String what) throws SafetensorsException {
        if (found != expected) {
            throw new SafetensorsException("expected " + expected + " for " + what + ", found " + found);
        }
    }

    /** Checks that the tensors fill {@code dataBytes} from the first byte to the last, each byte once. */
    void checkLayout(long dataBytes) throws SafetensorsException {
        List<Entry> sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long end = 0;
        for (Entry entry : sorted) {
            if (entry.begin() != end) {
                throw new SafetensorsException("expected tensor " + entry.name() + " to begin at byte " + end
                        + ", without holes or overlaps, found " + entry.begin());
            }
            end = entry.end();
        }
        if (end != dataBytes) {
            throw new SafetensorsException("expected " + end + " bytes of tensors, found " + dataBytes);
        }
    }
}
