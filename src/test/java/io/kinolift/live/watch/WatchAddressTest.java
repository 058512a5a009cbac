package io.kinolift.live.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "gate-7",
                "north entrance",
                "yard/north",
                ".",
                "..",
                "../../etc/passwd",
                ".mjpeg",
                "a.mjpeg",
                "100%",
                "%2F",
                "~",
                "~2F",
                "a;b?c=d&e#f",
                "back\\slash",
                "line\nbreak\u0000\u007f\u0085",
                "Tür 3 – 门 🎥",
                "<script>alert(1)</script>",
                "+"
            })
    void everyId_hasAnAddressThatIsOnePartOfAPath(String id) {
        String part = WatchAddress.of(id);
        assertThat(part).matches("[A-Za-z0-9_~%][A-Za-z0-9_.~%-]*").doesNotContain("%2F", "%5C", "%00", "%25");
        // '+' stands for itself in paths.
        String decoded = URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        assertThat(WatchAddress.streamId(decoded)).contains(id);
    }

    @Test
    void anEscapeOfNothing_isNoId() {
        assertThat(WatchAddress.streamId("a~")).isEmpty();
        assertThat(WatchAddress.streamId("a~2")).isEmpty();
        assertThat(WatchAddress.streamId("a~zz")).isEmpty();
        assertThat(WatchAddress.of("yard/north")).isEqualTo("yard~2Fnorth");
        assertThat(WatchAddress.of("..")).isEqualTo("~2E.");
    }
}
