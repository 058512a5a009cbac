package io.kinolift.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import io.kinolift.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged files give the documented exception or tensors, never anything else. {@code -Dkinolift.fuzz.records=100000} is
 * the full form, with a tenth as many files.
 */
class SafetensorsFuzzTest {
    private static final int FILES = Math.max(3000, Integer.getInteger("kinolift.fuzz.records", 0) / 10);

    private static final String[] FRAGMENTS = {
        "-1",
        "9223372036854775807",
        "18446744073709551616",
        "1e9",
        "null",
        "[",
        "]",
        "{",
        "}",
        "\"",
        ",",
        ":",
        "\\u0000",
        "F64",
        "BF16",
        "[[[[",
        "\"shape\":[",
        "\u00e9",
        "0",
        "__metadata__"
    };

    @TempDir
    private Path folder;

    @Test
    void damagedFiles_areRefusedOrRead() throws IOException {
        byte[] sound = soundFile();
        Path file = folder.resolve("damaged");
        int refused = 0;
        for (int seed = 0; seed < FILES; seed++) {
            byte[] damaged = damage(sound, new Random(seed));
            Files.write(file, damaged);
            try {
                Safetensors read = Safetensors.read(file);
                for (String name : read.names()) {
                    assertThat(read.tensor(name).count()).isLessThanOrEqualTo(damaged.length);
                }
            } catch (SafetensorsException e) {
                refused++;
            } catch (RuntimeException | Error e) {
                fail("seed " + seed, e);
            }
        }
        assertThat(refused).isBetween(FILES / 2, FILES - 1);
    }

    private byte[] soundFile() throws IOException {
        Path file = folder.resolve("sound");
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("up.weight", Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 1, 1, 2, 2, 2));
        tensors.put("up.bias", Tensor.of(new float[] {0.5f}, 1));
        tensors.put("last.weight", Tensor.of(new float[] {1, 2, 3, 4}, 1, 1, 4));
        SafetensorsWriter.write(file, tensors, Map.of("format", "pt"));
        return Files.readAllBytes(file);
    }

    /** One to three changes; the length field is often made to fit again, so that damage reaches what lies behind. */
    private static byte[] damage(byte[] sound, Random random) {
        byte[] bytes = sound.clone();
        int header = Math.toIntExact((sound[0] & 0xff) | ((sound[1] & 0xff) << 8));
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                case 3 -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(40));
                case 4 -> bytes[random.nextInt(Math.min(8, bytes.length))] = (byte) random.nextInt(256);
                default -> {
                    String fragment = FRAGMENTS[random.nextInt(FRAGMENTS.length)];
                    byte[] inserted = insert(bytes, Math.min(bytes.length, 8 + random.nextInt(header)), fragment);
                    header += inserted.length - bytes.length;
                    bytes = inserted;
                    setLength(bytes, header);
                }
            }
        }
        return bytes;
    }

    private static byte[] insert(byte[] bytes, int at, String fragment) {
        byte[] middle = fragment.getBytes(StandardCharsets.UTF_8);
        byte[] result = Arrays.copyOf(bytes, bytes.length + middle.length);
        System.arraycopy(middle, 0, result, at, middle.length);
        System.arraycopy(bytes, at, result, at + middle.length, bytes.length - at);
        return result;
    }

    private static void setLength(byte[] bytes, int header) {
        for (int i = 0; i < Math.min(8, bytes.length); i++) {
            bytes[i] = i < 4 ? (byte) (header >> (8 * i)) : 0;
        }
    }
}
