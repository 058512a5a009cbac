package io.kinolift.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The page where pictures are locked, and streams have names that want to do harm. */
@EnabledIfEnvironmentVariable(named = "KINOLIFT_CHROMIUM", matches = ".+")
class LiveTokenIT {
    private static final double PATIENCE_MS = 150_000;
    private static final String MARKUP = "<img src=x onerror=\"window.harm=1\"><script>window.harm=1</script>";
    private static final String CONTROLS = "\u202egnp.\u001b[31m\nred" + "long".repeat(100);

    private static LiveFixture fixture;
    private static Cameras cameras;
    private static Chromium chromium;
    private final List<String> complaints = new ArrayList<>();

    @BeforeAll
    static void start() {
        fixture = new LiveFixture("kinolift.http.pictures", "locked");
        cameras = new Cameras(fixture.bootstrapServers(), "door", MARKUP, CONTROLS, "yard");
        fixture.start();
        setDefaultAssertionTimeout(PATIENCE_MS);
        chromium = new Chromium();
    }

    @AfterAll
    static void stop() {
        chromium.close();
        cameras.close();
        fixture.close();
    }

    private Page open(BrowserContext context) {
        Page page = context.newPage();
        page.setDefaultTimeout(PATIENCE_MS);
        page.onConsoleMessage(message -> {
            // The browser itself reports what is refused.
            if (!message.type().equals("log") && !message.text().matches(".*status of (401|403|429).*")) {
                complaints.add(message.type() + ": " + message.text());
            }
        });
        page.onPageError(complaints::add);
        page.navigate(fixture.url());
        assertThat(page.locator("[data-stream=yard]")).isVisible();
        return page;
    }

    private static BrowserContext context(int width) {
        return chromium.browser()
                .newContext(new Browser.NewContextOptions().setViewportSize(width, width == 390 ? 844 : 1000));
    }

    @Test
    void withTheKeyboardAlone_theTokenIsAskedFor_refusedAndTaken() {
        try (BrowserContext context = context(1440)) {
            Page page = open(context);
            assertThat(page.locator("#unlock-token")).isFocused();
            assertThat(page.locator("#stage-note")).hasText("Pictures are for who has the token.");
            assertThat(page.locator("#letters .thumb").first()).hasText("needs the token");

            page.keyboard().type("wrong");
            page.keyboard().press("Enter");
            assertThat(page.locator("#unlock-note")).hasText("expected the token (kinolift.http.token), found another");
            assertThat(page.locator("#caption")).isEmpty();
            assertThat(context.cookies()).isEmpty();

            // What was typed is selected: the next word takes its place.
            page.keyboard().type(LiveFixture.TOKEN);
            page.keyboard().press("Tab");
            assertThat(page.locator("#unlock button")).isFocused();
            page.keyboard().press("Enter");
            assertThat(page.locator("#unlock")).isHidden();
            assertThat(page.locator("#caption")).not().isEmpty();
            assertThat(page.locator("#stage")).isFocused();
            Cookie cookie = context.cookies().getFirst();
            assertThat(cookie.name).isEqualTo("kinolift");
            assertThat(cookie.httpOnly).isTrue();
            assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.STRICT);
            assertThat(cookie.path).isEqualTo("/");
            assertThat(cookie.expires).as("gone with the browser").isEqualTo(-1);
            assertThat(cookie.value).doesNotContain(LiveFixture.TOKEN);

            page.locator("#letters button").first().press("Enter");
            assertThat(page.locator("#letters-note")).containsText("Replayed: kinolift.frames-0@");

            page.reload();
            assertThat(page.locator("#caption")).not().isEmpty();
            assertThat(page.locator("#unlock")).isHidden();
            assertThat(complaints).isEmpty();
        }
    }

    @Test
    void theFormIsThere_onAnyWidth() throws Exception {
        for (int width : new int[] {1440, 390}) {
            try (BrowserContext context = context(width)) {
                Page page = open(context);
                page.locator("#unlock-token").fill("wrong");
                page.locator("#unlock-token").press("Enter");
                assertThat(page.locator("#unlock-note")).not().isEmpty();
                page.screenshot(new Page.ScreenshotOptions()
                        .setFullPage(true)
                        .setPath(Path.of("target", "screenshots", "locked-" + width + ".png")));
                assertThat((int) page.evaluate("document.documentElement.scrollWidth"))
                        .isLessThanOrEqualTo(width);
                page.evaluate(BrowserPages.axe());
                Object violations = page.evaluate("axe.run().then(found => found.violations.map("
                        + "v => v.id + ' ' + v.nodes.map(n => n.html).join(' ')))");
                assertThat((List<?>) violations).as("%d", width).isEmpty();
            }
        }
    }

    @Test
    void namesOfStreamsAreOnlyText() {
        try (BrowserContext context = context(1440)) {
            Page page = open(context);
            for (String name : List.of(MARKUP, "gnp.")) {
                page.locator("#streams button")
                        .filter(new Locator.FilterOptions().setHasText(name))
                        .click();
                assertThat(page.locator("#streams button[aria-checked=true] strong"))
                        .hasCount(1);
            }
            assertThat(page.evaluate("[...document.querySelectorAll('#streams strong')].map(e => e.textContent)"))
                    .asInstanceOf(InstanceOfAssertFactories.LIST)
                    .contains(MARKUP, "\\u202egnp.\\u001b[31m\\u000ared" + "long".repeat(100));
            assertThat(page.evaluate("window.harm")).isNull();
            assertThat(page.locator("#streams img, #streams script")).hasCount(0);
            assertThat(complaints).isEmpty();
        }
    }
}
