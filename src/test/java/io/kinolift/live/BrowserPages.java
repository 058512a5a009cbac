package io.kinolift.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Pages of one test in a real browser, what the browser complains of, and what holds for every page. */
final class BrowserPages {
    static final Duration PATIENCE = Duration.ofSeconds(150);
    static final int WIDE = 1440;
    static final int PHONE = 390;

    /** What the browser complains of. */
    final List<String> complaints = new ArrayList<>();

    private final Chromium chromium;

    BrowserPages(Chromium chromium) {
        this.chromium = chromium;
        setDefaultAssertionTimeout((double) PATIENCE.toMillis());
    }

    /** A page of this width; a phone is higher than wide. */
    Page open(String url, int width, ColorScheme scheme) {
        Page page = chromium.browser()
                .newPage(new Browser.NewPageOptions()
                        .setViewportSize(width, width == PHONE ? 844 : 1000)
                        .setColorScheme(scheme));
        page.setDefaultTimeout((double) PATIENCE.toMillis());
        page.onConsoleMessage(message -> {
            if (!message.type().equals("log")) {
                complaints.add(message.type() + ": " + message.text());
            }
        });
        page.onPageError(complaints::add);
        page.navigate(url);
        return page;
    }

    /** Asked from outside: the page's own rules do not let it evaluate text. */
    static void awaitTrue(Page page, String expression) {
        await().atMost(PATIENCE).until(() -> (Boolean) page.evaluate(expression));
    }

    static void screenshot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", name + ".png")));
    }

    /** The whole page; nothing is wider than the window, and the checker for accessibility finds nothing. */
    void check(Page page, String name, int width, ColorScheme scheme) throws IOException {
        String file = name + "-" + scheme.name().toLowerCase(Locale.ROOT) + "-" + width + ".png";
        page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of("target", "screenshots", file)));
        assertThat((int) page.evaluate("document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
        assertThat(complaints).isEmpty();
        page.evaluate(axe());
        Object violations = page.evaluate("axe.run().then(found => found.violations.map("
                + "v => v.id + ' ' + v.nodes.map(n => n.html).join(' ')))");
        assertThat((List<?>) violations).as("%s %d", scheme, width).isEmpty();
        // The checker reads the canvas, of which the browser warns.
        complaints.clear();
    }

    static String axe() throws IOException {
        try (InputStream in =
                BrowserPages.class.getResourceAsStream("/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
