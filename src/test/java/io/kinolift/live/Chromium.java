package io.kinolift.live;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A real browser, named by KINOLIFT_CHROMIUM. */
final class Chromium implements AutoCloseable {
    private final Playwright playwright;
    private final Browser browser;

    /** @param arguments of the browser's command line */
    Chromium(String... arguments) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        List<String> all =
                Stream.concat(Stream.of("--no-sandbox"), Stream.of(arguments)).toList();
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(System.getenv("KINOLIFT_CHROMIUM")))
                        .setArgs(all));
    }

    Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
