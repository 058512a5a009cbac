package io.kinolift.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kinolift.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
    private static final String TWO_FLOATS = "'dtype':'F32','shape':[2],'data_offsets':[0,8]";

    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        Path file = folder.resolve("weights.safetensors");
        Tensor weight = Tensor.of(new float[] {1, -2.5f, Float.MIN_VALUE, Float.MAX_VALUE}, 2, 2);
        Tensor large = Tensor.zeros(70_001);
        large.data()[70_000] = 7;

        SafetensorsWriter.write(file, Map.of("up.weight", weight, "\"é\n", large), Map.of("format", "pt"));

        Safetensors read = Safetensors.read(file);
        assertThat(read.metadata()).containsExactly(Map.entry("format", "pt"));
        assertThat(read.names()).containsExactlyInAnyOrder("up.weight", "\"é\n");
        assertThat(read.tensor("up.weight")).isEqualTo(weight);
        assertThat(read.tensor("\"é\n")).isEqualTo(large);
    }

    @Test
    void layoutIsThatOfTheFormat() throws IOException {
        Path file = folder.resolve("one.safetensors");

        SafetensorsWriter.write(file, Map.of("a", Tensor.of(new float[] {1}, 1)), Map.of());

        String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}  ";
        assertThat(header.length() % 8).isZero();
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes(header, header.length(), 0, 0, (byte) 0x80, 0x3f));
    }

    @Test
    void halfFloatsAreWidened() throws IOException {
        Path half = file("{'h':{'dtype':'F16','shape':[2],'data_offsets':[0,4]}}", 0x00, 0x3c, 0x01, 0x80);
        assertThat(Safetensors.read(half).tensor("h").data()).containsExactly(1f, -0x1p-24f);

        Path brain = file("{'b':{'dtype':'BF16','shape':[2],'data_offsets':[0,4]}}", 0x80, 0x3f, 0x20, 0xc0);
        assertThat(Safetensors.read(brain).tensor("b").data()).containsExactly(1f, -2.5f);
    }

    @Test
    void otherTypesMayBeThereButNotAskedFor() throws IOException {
        Path file = file("{'n':{'dtype':'I64','shape':[],'data_offsets':[0,8]}}", new int[8]);

        assertThat(Safetensors.read(file).names()).containsExactly("n");
        assertThatExceptionOfType(SafetensorsException.class)
                .isThrownBy(() -> Safetensors.read(file).tensor("n"));
        assertThatExceptionOfType(SafetensorsException.class)
                .isThrownBy(() -> Safetensors.read(file).tensor("m"))
                .withMessage("expected a tensor m, found [n]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'a':{" + TWO_FLOATS + "},'a':{" + TWO_FLOATS + "}} | Duplicate",
                "{'a':{" + TWO_FLOATS + "},'b':{" + TWO_FLOATS + "}} | to begin at byte 8",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | to begin at byte 0",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | expected 4 bytes of tensors, found 8",
                "{'a':{'dtype':'F32','shape':[4],'data_offsets':[0,16]}} | expected 16 bytes of tensors, found 8",
                "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}} | expected 12 bytes for F32[3], found 8",
                "{'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}} | at least 0",
                "{'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,0]}} | that fits",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}} | ascend",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8,9]}} | two data_offsets",
                "{'a':{'dtype':'F32','shape':[2.0],'data_offsets':[0,8]}} | found VALUE_NUMBER_FLOAT",
                "{'a':{'dtype':'F32','shape':[99999999999999999999],'data_offsets':[0,8]}} | JSON header",
                "{'a':{'dtype':'F5','shape':[2],'data_offsets':[0,8]}} | found F5",
                "{'a':{" + TWO_FLOATS + ",'x':1}} | found x",
                "{'a':{'dtype':'F32','shape':[[2]],'data_offsets':[0,8]}} | nesting depth",
                "{'a':[[[[]]]]} | START_ARRAY",
                "{'__metadata__':{'a':1}} | VALUE_STRING",
                "{'a':{" + TWO_FLOATS + "}}x | JSON header",
                "['a'] | begins with {",
                "{'a':{" + TWO_FLOATS + "} | JSON header",
            })
    void malformedHeadersAreRefused(String header, String reason) throws IOException {
        Path file = file(header, new int[8]);

        assertThatExceptionOfType(SafetensorsException.class)
                .isThrownBy(() -> Safetensors.read(file))
                .withMessageStartingWith(file.toString())
                .withMessageContaining(reason);
    }

    @Test
    void lengthsAreCheckedBeforeAnythingIsAllocated() throws IOException {
        for (long length : new long[] {-1, 1L << 62, 1 << 30, 100, 1}) {
            Path file = folder.resolve("length" + length);
            Files.write(file, bytes("{}", length));
            assertThatExceptionOfType(SafetensorsException.class)
                    .isThrownBy(() -> Safetensors.read(file))
                    .withMessageContaining("expected a header of 2 to 2 bytes");
        }
        Path empty = Files.createFile(folder.resolve("empty"));
        assertThatExceptionOfType(SafetensorsException.class).isThrownBy(() -> Safetensors.read(empty));
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> Safetensors.read(folder.resolve("none")));
    }

    @Test
    void valuesMustBeFinite() throws IOException {
        Path file = file("{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}", 0, 0, 0x80, 0x7f);
        assertThatExceptionOfType(SafetensorsException.class)
                .isThrownBy(() -> Safetensors.read(file).tensor("a"))
                .withMessage("expected finite values in tensor a, found Infinity at 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SafetensorsWriter.write(
                        folder.resolve("nan"), Map.of("a", Tensor.of(new float[] {Float.NaN}, 1)), Map.of()));
    }

    @Test
    void layersAreVolumesWhateverTheirDimensions() throws IOException {
        Path file = folder.resolve("layers");
        SafetensorsWriter.write(
                file,
                Map.of(
                        "time.weight", Tensor.zeros(2, 3, 4),
                        "up.weight", Tensor.zeros(2, 3, 4, 5),
                        "up.bias", Tensor.zeros(6),
                        "odd.weight", Tensor.zeros(2, 3, 4, 5, 6),
                        "odd.bias", Tensor.zeros(4)),
                Map.of());

        assertThat(ConvTransposeWeights.load(file, "time").weight().shape()).containsExactly(2, 3, 4, 1, 1);
        assertThat(ConvTransposeWeights.load(file, "time").bias()).isEmpty();
        assertThat(ConvTransposeWeights.load(file, "up.").weight().shape()).containsExactly(2, 3, 1, 4, 5);
        assertThat(ConvTransposeWeights.load(file, "up").bias().orElseThrow().shape())
                .containsExactly(6);
        assertThatExceptionOfType(SafetensorsException.class)
                .isThrownBy(() -> ConvTransposeWeights.load(file, "odd"))
                .withMessageContaining("found Tensor[4]");
        assertThatExceptionOfType(SafetensorsException.class)
                .isThrownBy(() -> ConvTransposeWeights.load(file, ""))
                .withMessageContaining("expected a tensor weight");
    }

    @Test
    void savedLayersLoadAgain() throws IOException {
        Path file = folder.resolve("saved");
        Tensor weight = Tensor.of(new float[] {1, 2}, 1, 1, 2, 1, 1);
        ConvTransposeWeights layer = new ConvTransposeWeights(weight, Optional.of(Tensor.of(new float[] {3}, 1)));

        layer.save(file, "up", Map.of("stride", "2,1,1"));

        assertThat(ConvTransposeWeights.load(file, "up")).isEqualTo(layer);
        assertThat(Safetensors.read(file).metadata()).containsEntry("stride", "2,1,1");
    }

    private Path file(String header, int... data) throws IOException {
        String json = header.replace('\'', '"');
        return Files.write(folder.resolve("file"), bytes(json, json.length(), data));
    }

    private static byte[] bytes(String header, long length, int... data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(length).put(json);
        for (int value : data) {
            buffer.put((byte) value);
        }
        return buffer.array();
    }
}
