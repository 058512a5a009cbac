package io.kinolift.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Video in a real browser, named by KINOLIFT_CHROMIUM. Leaves screenshots in target/screenshots. */
@EnabledIfEnvironmentVariable(named = "KINOLIFT_CHROMIUM", matches = ".+")
class WatchPageIT {
    private static final String TIME = "document.getElementById('video').currentTime";
    /** Seconds that were played; what was skipped to catch up is not among them. */
    private static final String PLAYED = "(played => Array.from(played, (_, i) => played.end(i) - played.start(i))"
            + ".reduce((a, b) => a + b, 0))(document.getElementById('video').played)";

    private static LiveFixture fixture;
    private static Cameras cameras;
    private static Chromium chromium;
    private final BrowserPages pages = new BrowserPages(chromium);

    @BeforeAll
    static void start() {
        fixture = new LiveFixture();
        cameras = new Cameras(fixture.bootstrapServers(), "north entrance", "gate", "lift", "yard/south");
        fixture.start();
        await().atMost(BrowserPages.PATIENCE)
                .until(() -> fixture.get("metrics").body().contains("kinolift_frames_emitted_total{stream=\"gate\"}"));
        chromium = new Chromium();
    }

    @AfterAll
    static void stop() {
        chromium.close();
        cameras.close();
        fixture.close();
    }

    private Page open(int width, ColorScheme scheme) {
        Page page = pages.open(fixture.url(), width, scheme);
        assertThat(page.locator("#caption"))
                .hasText(Pattern.compile("video of 640 × 360, .* s after it was taken, .*"));
        return page;
    }

    private static double number(Page page, String expression) {
        return ((Number) page.evaluate(expression)).doubleValue();
    }

    private static void waitForTime(Page page, double seconds) {
        BrowserPages.awaitTrue(page, TIME + " > " + seconds);
    }

    private static double pictures(Page page) {
        String quality = "document.getElementById('video').getVideoPlaybackQuality()";
        return number(page, quality + ".totalVideoFrames - " + quality + ".droppedVideoFrames");
    }

    @Test
    void theVideoGoesOn_andPicturesAreShown() {
        try (Page page = open(1440, ColorScheme.LIGHT)) {
            double begin = number(page, PLAYED);
            double before = pictures(page);
            long nanos = System.nanoTime();
            BrowserPages.awaitTrue(page, PLAYED + " > " + (begin + 8));
            assertThat((System.nanoTime() - nanos) / 1e9)
                    .as("seconds for eight")
                    .isBetween(6.0, 30.0);
            // A busy machine without a graphics card drops many of the 160.
            assertThat(pictures(page) - before).as("pictures shown").isGreaterThan(40);
            assertThat(pages.complaints).isEmpty();
        }
    }

    /** As after a browser was busy elsewhere. */
    @Test
    void aPlayerThatIsFarBehind_comesBackToTheNewestPicture() {
        try (Page page = open(1440, ColorScheme.LIGHT)) {
            waitForTime(page, number(page, TIME) + 9);
            double begin = number(page, TIME);
            long nanos = System.nanoTime();
            page.evaluate(TIME + " -= 8");
            waitForTime(page, begin + 2);
            // At its own pace the player would need ten.
            assertThat((System.nanoTime() - nanos) / 1e9).as("seconds").isLessThan(7);
            assertThat(pages.complaints).isEmpty();
        }
    }

    /** The stream had no sound when the page was opened. */
    @Test
    void soundThatBegins_isHeardWhenSomebodyAsksForIt() {
        try (Page page = open(1440, ColorScheme.LIGHT)) {
            page.locator("[data-stream='gate']").click();
            assertThat(page.locator("#caption")).hasText(Pattern.compile("video of .*"));
            assertThat(page.locator("#sound")).isHidden();
            try (Microphone _ = new Microphone(fixture.bootstrapServers(), "gate", cameras.seconds())) {
                assertThat(page.locator("#sound")).isVisible();
                assertThat((boolean) page.evaluate("document.getElementById('video').muted"))
                        .isTrue();
                page.locator("#sound").click();
                assertThat(page.locator("#sound")).hasAttribute("aria-pressed", "true");
                waitForTime(page, number(page, TIME) + 5);
                assertThat((boolean) page.evaluate("document.getElementById('video').muted"))
                        .isFalse();
                String decoded = "document.getElementById('video').webkitAudioDecodedByteCount";
                double before = number(page, decoded);
                BrowserPages.awaitTrue(page, decoded + " > " + (before + 10_000));
                BrowserPages.screenshot(page, "sound");
                page.locator("#stage").focus();
                page.keyboard().press("m");
                assertThat(page.locator("#sound")).hasAttribute("aria-pressed", "false");
            }
            assertThat(pages.complaints).isEmpty();
        }
    }

    @Test
    void streamsAndViewsAreSwitched_withTheKeyboardAlone() {
        try (Page page = open(1440, ColorScheme.LIGHT)) {
            page.locator("[data-stream='north entrance']").click();
            page.keyboard().press("ArrowDown");
            assertThat(page.locator("[data-stream='yard/south']")).hasAttribute("aria-checked", "true");
            assertThat(page.locator("#watch-mjpeg")).hasAttribute("href", "watch/yard~2Fsouth.mjpeg");
            assertThat(page.locator("#watch-hls")).hasAttribute("href", "watch/yard~2Fsouth/index.m3u8");
            assertThat(page.locator("#caption")).isEmpty();
            assertThat(page.locator("#caption")).hasText(Pattern.compile("video of .*"));

            page.locator("#stage").focus();
            page.keyboard().press("Space");
            assertThat(page.locator("#hold")).hasAttribute("aria-pressed", "true");
            assertThat((boolean) page.evaluate("document.getElementById('video').paused"))
                    .isTrue();
            page.keyboard().press("Space");
            waitForTime(page, number(page, TIME) + 1);

            page.locator("[data-view=difference]").press("Enter");
            assertThat(page.locator("#caption")).hasText(Pattern.compile("320 × 180, frame .*"));
            assertThat(page.locator("#legend")).containsText("64 of 255 or more");
            page.locator("#gain-in").press("Enter");
            assertThat(page.locator("#gain")).hasText("Gain 8×");
            assertThat(page.locator("#legend")).containsText("32 of 255 or more");
            BrowserPages.screenshot(page, "difference");

            page.locator("[data-view=video]").press("Enter");
            assertThat(page.locator("#caption")).hasText(Pattern.compile("video of .*"));
            page.locator("#stage").focus();
            page.keyboard().press("f");
            BrowserPages.awaitTrue(page, "document.fullscreenElement !== null");
            BrowserPages.screenshot(page, "full");
            page.keyboard().press("f");
            BrowserPages.awaitTrue(page, "document.fullscreenElement === null");
            assertThat(pages.complaints).isEmpty();
        }
    }

    @Test
    void aStreamThatHasEnded_keepsItsLastPicture() {
        try (Page page = open(1440, ColorScheme.LIGHT)) {
            page.locator("[data-stream=lift]").click();
            assertThat(page.locator("#caption")).isEmpty();
            assertThat(page.locator("#caption")).hasText(Pattern.compile("video of 640 × 360, .*"));
            cameras.end("lift");
            assertThat(page.locator("[data-stream=lift]")).containsText("ended");
            // A video that stands before its end gives way to the picture itself.
            BrowserPages.awaitTrue(
                    page,
                    "document.getElementById('video').ended || document.getElementById('still').naturalWidth === 640");
            assertThat(page.locator("#stage-note")).isHidden();
            assertThat((boolean) page.evaluate("document.getElementById('still').naturalWidth === 640"
                            + " || (document.getElementById('video').videoWidth === 640"
                            + " && document.getElementById('video').readyState >= 2)"))
                    .isTrue();
            BrowserPages.screenshot(page, "ended");
            assertThat(pages.complaints).isEmpty();
        }
    }

    @Test
    void aFrameIsSaved_asItWasSent() throws IOException {
        try (Page page = open(1440, ColorScheme.LIGHT)) {
            page.locator("[data-stream='north entrance']").click();
            Download download = page.waitForDownload(() -> page.locator("#save").click());
            assertThat(download.suggestedFilename()).matches("north-entrance-\\d+\\.png");
            BufferedImage image = ImageIO.read(download.path().toFile());
            assertThat(image.getWidth()).isEqualTo(2 * Cameras.WIDTH);
            assertThat(image.getHeight()).isEqualTo(2 * Cameras.HEIGHT);
            assertThat(page.locator("#save-note")).hasText(Pattern.compile("Saved frame \\d+\\."));
            assertThat(pages.complaints).isEmpty();
        }
    }

    @Test
    void mjpegMoves_inAPictureOfAPage() {
        try (Page page = open(1440, ColorScheme.LIGHT)) {
            page.evaluate("""
                    () => { const image = new Image(); image.id = 'mjpeg'; image.src = 'watch/gate.mjpeg';
                            document.body.append(image); }""");
            String pixels = """
                    () => { const image = document.getElementById('mjpeg'); const canvas = new OffscreenCanvas(64, 36);
                            const context = canvas.getContext('2d'); context.drawImage(image, 0, 0, 64, 36);
                            return context.getImageData(0, 0, 64, 36).data.join(); }""";
            BrowserPages.awaitTrue(page, "document.getElementById('mjpeg').naturalWidth === 640");
            Object before = page.evaluate(pixels);
            await().atMost(BrowserPages.PATIENCE)
                    .until(() -> !page.evaluate(pixels).equals(before));
            assertThat(pages.complaints).isEmpty();
        }
    }

    @Test
    void thePictureComesFirst_onAnyWidthAndInBothSchemes() throws IOException {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : new int[] {1440, 390}) {
                try (Page page = open(width, scheme)) {
                    assertThat(page.locator("#letters li").first()).isVisible();
                    assertThat(page.locator("#plot-fps path")).hasAttribute("d", Pattern.compile("M(.*L){6}.*"));
                    if (width == 390) {
                        assertThat(page.locator("#stage").boundingBox().y)
                                .isLessThan(page.locator("#streams").boundingBox().y);
                        assertThat(page.locator("#stage").boundingBox().y).isLessThan(300);
                    }
                    pages.check(page, "video", width, scheme);
                }
            }
        }
    }
}
