package io.kinolift.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @Test
    void serversStreamAndOptions() {
        assertThat(Address.parse("kafka://a:9092,b:9093/door%201+x?topic=frames&codec=png"))
                .isEqualTo(new Address("a:9092,b:9093", "door 1+x", Map.of("topic", "frames", "codec", "png")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rtsp://a/b", "kafka://a:9092", "kafka://a:9092/", "kafka:///s", "a b", ""})
    void anythingElse_isRefused(String text) {
        assertThatThrownBy(() -> Address.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected an address such as kafka://localhost:9092/camera-1, found");
    }

    @Test
    void aStreamIdThatNoKeyHas_isRefused() {
        String longest = "x".repeat(512);
        assertThat(Address.parse("kafka://a:9092/" + longest).streamId()).isEqualTo(longest);
        assertThatThrownBy(() -> Address.parse("kafka://a:9092/x" + longest))
                .hasMessageStartingWith("expected a stream id of 1 to 512 bytes, found 513: ");
        assertThatThrownBy(() -> new Address("a:9092", "", Map.of()))
                .hasMessage("expected a stream id of 1 to 512 bytes, found 0: \"\"");
    }

    @Test
    void optionsOfOthers_areLeftOut_andOursAreChecked() {
        Map<String, String> given = Map.of("preset", "ultrafast", "acks", "1", "quality", "40");
        Options options = new Options(Options.OF_RECORDER, Set.of("acks"), List.of(given));
        assertThat(options.kafka()).containsExactlyEntriesOf(Map.of("acks", "1"));
        assertThatThrownBy(() -> RecorderSettings.of(List.of(given), null, -1))
                .hasMessage("expected a number from 1 to 31 for option quality, found 40");
        assertThatThrownBy(() -> RecorderSettings.of(List.of(), "libx264", -1))
                .hasMessage("expected one of auto, jpeg, png, raw, ffv1 for option codec, found libx264");
    }
}
