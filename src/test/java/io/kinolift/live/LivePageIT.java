package io.kinolift.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The page in a real browser, named by KINOLIFT_CHROMIUM. Leaves screenshots in target/screenshots. */
@EnabledIfEnvironmentVariable(named = "KINOLIFT_CHROMIUM", matches = ".+")
class LivePageIT {
    private static LiveFixture fixture;
    private static Cameras cameras;
    private static Chromium chromium;
    private final BrowserPages pages = new BrowserPages(chromium);

    @BeforeAll
    static void start() {
        fixture = new LiveFixture(
                "kinolift.streams",
                "gates",
                "kinolift.streams.gates.match",
                "gate*",
                "kinolift.streams.gates.scale.factor",
                "1,3,3");
        cameras = new Cameras(fixture.bootstrapServers(), "north-entrance", "gate", "yard");
        fixture.start();
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
        page.locator("[data-stream=north-entrance]").click();
        page.locator("[data-view=divider]").click();
        assertThat(page.locator("#caption")).not().isEmpty();
        return page;
    }

    @Test
    void theDivider_isDraggedByPointerAndByKey() {
        try (Page page = open(1440, ColorScheme.LIGHT)) {
            Locator divider = page.locator("#divider");
            BoundingBox stage = page.locator("#stage").boundingBox();
            page.mouse().move(stage.x + stage.width / 2, stage.y + stage.height / 2);
            page.mouse().down();
            page.mouse().move(stage.x + stage.width / 4, stage.y + stage.height / 2);
            page.mouse().up();
            assertThat(divider).hasAttribute("aria-valuenow", "25");
            divider.focus();
            page.keyboard().press("ArrowRight");
            page.keyboard().press("Shift+ArrowRight");
            assertThat(divider).hasAttribute("aria-valuenow", "36");
            page.keyboard().press("Home");
            assertThat(divider).hasAttribute("aria-valuenow", "0");
            assertThat(pages.complaints).isEmpty();
        }
    }

    @Test
    void theDivider_dividesBeforeFromAfter() {
        try (Page page = open(1440, ColorScheme.LIGHT)) {
            page.locator("#hold").click();
            Object all = pixels(page, "End");
            Object none = pixels(page, "Home");
            assertThat(all).isNotEqualTo(none);
            page.locator("[data-view=difference]").click();
            assertThat(pixels(page, null)).isNotEqualTo(all).isNotEqualTo(none);
            assertThat(pages.complaints).isEmpty();
        }
    }

    /** The whole canvas as text, after a key on the divider. */
    private static Object pixels(Page page, String key) {
        if (key != null) {
            page.locator("#divider").press(key);
        }
        return page.evaluate("document.getElementById('canvas').toDataURL()");
    }

    @Test
    void figuresMove_andStreamsAreSwitched() {
        try (Page page = open(1440, ColorScheme.LIGHT)) {
            String caption = page.locator("#caption").textContent();
            String flow = page.locator("#flow").textContent();
            assertThat(page.locator("#caption")).not().hasText(caption);
            assertThat(page.locator("#flow")).not().hasText(flow);
            assertThat(page.locator("#plot-fps path")).hasAttribute("d", Pattern.compile("M.*L.*"));
            page.locator("[data-stream=gate]").click();
            assertThat(page.locator("[data-stream=gate]")).hasAttribute("aria-checked", "true");
            // It has settings of its own.
            assertThat(page.locator("#settings")).containsText("gate*: trilinear × 1,3,3, jpeg");
            assertThat(page.locator("#caption"))
                    .hasText(Pattern.compile("320 × 180, frame (\\d+) → 960 × 540, frame \\1"));
            page.keyboard().press("ArrowUp");
            assertThat(page.locator("[data-stream=yard]")).hasAttribute("aria-checked", "true");
            assertThat(page.locator("#caption")).not().isEmpty();
            assertThat(pages.complaints).isEmpty();
        }
    }

    @Test
    void aDeadLetter_isReplayedWithTheToken() {
        try (Page page = open(1440, ColorScheme.LIGHT)) {
            page.locator("#token").fill("wrong");
            page.locator("#letters button").first().click();
            assertThat(page.locator("#letters-note"))
                    .hasText("expected the token (kinolift.http.token), found another");
            // The browser itself reports the refusal.
            pages.complaints.removeIf(complaint -> complaint.contains("403"));
            page.locator("#token").fill(LiveFixture.TOKEN);
            page.locator("#letters button").first().click();
            assertThat(page.locator("#letters-note")).containsText("Replayed: kinolift.frames-0@");
            // It was read again, and dropped: its stream has gone on.
            assertThat(page.locator("[data-stream=yard]")).containsText("dropped");
            assertThat(pages.complaints).isEmpty();
        }
    }

    @Test
    void nothingIsOutOfReach_onAnyWidthAndInBothSchemes() throws IOException {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : new int[] {1440, 390}) {
                try (Page page = open(width, scheme)) {
                    assertThat(page.locator("#letters li").first()).isVisible();
                    assertThat(page.locator("#plot-fps path")).hasAttribute("d", Pattern.compile("M(.*L){6}.*"));
                    pages.check(page, "pair", width, scheme);
                }
            }
        }
    }
}
