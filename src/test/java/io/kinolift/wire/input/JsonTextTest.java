package io.kinolift.wire.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.kinolift.wire.input.TextPayload.Encoding;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTextTest {
    private static final List<String> NONE = List.of();
    private static final JsonFields FIELDS =
            new JsonFields(List.of("image", "shot.data"), NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE);

    /** Frames wait in the store, and are written out after the settings have changed. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"image\":\"\"}          | {\"image\":\"AQI=\"}",
                "{\"image\":\"data:,\"}    | {\"image\":\"data:,AQI=\"}",
                "{\"shot\":{\"data\":\"\"}} | {\"shot\":{\"data\":\"AQI=\"}}",
                "{\"other\":\"\"}          | {\"other\":\"\",\"image\":\"AQI=\"}",
                "``                         | AQI=",
                "=                          | AQI=",
                "\"                        | \"AQI=\""
            })
    void aPictureComesBack_whereItWasOrWhereItIsLookedFor(String text, String value) {
        byte[] written =
                JsonText.write(text.getBytes(StandardCharsets.UTF_8), new byte[] {1, 2}, FIELDS, Encoding.BASE64);
        assertThat(new String(written, StandardCharsets.UTF_8)).isEqualTo(value);
    }
}
