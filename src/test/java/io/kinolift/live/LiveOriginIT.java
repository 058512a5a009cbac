package io.kinolift.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * Pages from elsewhere, in a browser on the machine where pictures are for everybody. One kind has given its own name our
 * address, so that for the browser it is of our origin (rebinding); the other asks us by our own name.
 */
@EnabledIfEnvironmentVariable(named = "KINOLIFT_CHROMIUM", matches = ".+")
class LiveOriginIT {
    private static final String EVIL = "evil.example";
    private static final List<String> PATHS = List.of(
            "/",
            "/index.html",
            "/page.js",
            "/icon.svg",
            "/live",
            "/ready",
            "/metrics",
            "/api/status",
            "/api/pair?stream=north",
            "/api/dead-letters",
            "/api/dead-letters/1/picture");
    private static final List<String> POSTS = List.of("/api/login", "/api/dead-letters/1/replay");

    /** Tries everything a page can do with an address; answers what it got to see. */
    private static final String ATTACK = """
            async ({base, paths, posts}) => {
              const got = [];
              const tell = (how, path, what) => got.push(how + ' ' + path + ': ' + what);
              const attempt = async (how, path, options) => {
                try {
                  const response = await fetch(base + path, options);
                  tell(how, path, response.type + ' ' + response.status + ' ' + (await response.text()).length);
                } catch { tell(how, path, 'nothing'); }
              };
              const element = (name, path, more) => new Promise((resolve) => {
                const made = document.createElement(name);
                made.onload = () => { tell(name, path, 'loaded ' + (made.naturalWidth ?? '')); resolve(); };
                made.onerror = () => { tell(name, path, 'nothing'); resolve(); };
                Object.assign(made, more, {src: base + path});
                document.body.append(made);
              });
              for (const path of paths) {
                await attempt('fetch', path, {});
                await attempt('no-cors', path, {mode: 'no-cors'});
                await attempt('credentials', path, {credentials: 'include'});
                await attempt('header', path, {headers: {Authorization: 'Bearer open sesame'}});
                await element('img', path);
                await element('script', path);
                await new Promise((resolve) => {
                  const source = new EventSource(base + path);
                  source.onopen = () => { tell('events', path, 'open'); source.close(); resolve(); };
                  source.onerror = () => { tell('events', path, 'nothing'); source.close(); resolve(); };
                });
                await new Promise((resolve) => {
                  const socket = new WebSocket(base.replace('http', 'ws') + path);
                  socket.onopen = () => { tell('socket', path, 'open'); resolve(); };
                  socket.onerror = () => { tell('socket', path, 'nothing'); resolve(); };
                });
              }
              for (const path of posts) {
                await attempt('post', path, {method: 'POST'});
                await attempt('post no-cors', path, {method: 'POST', mode: 'no-cors', body: 'a=b'});
                await attempt('post header', path, {method: 'POST', headers: {Authorization: 'Bearer open sesame'}});
              }
              return got;
            }
            """;

    private static LiveFixture fixture;
    private static Cameras cameras;
    private static Chromium chromium;
    private static HttpServer server;
    private static volatile String elsewhere = "";
    private static int port;

    @BeforeAll
    static void start() throws IOException {
        fixture = new LiveFixture();
        cameras = new Cameras(fixture.bootstrapServers(), "north", "yard");
        fixture.start();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", LiveOriginIT::serve);
        server.start();
        port = URI.create(fixture.url()).getPort();
        chromium = new Chromium("--host-resolver-rules=MAP " + EVIL + " 127.0.0.1");
        await().atMost(Duration.ofSeconds(150))
                .until(() -> fixture.getBytes("api/pair?stream=north").statusCode() == 200
                        && fixture.get("api/dead-letters").body().contains("UNDECODABLE"));
    }

    @AfterAll
    static void stop() {
        chromium.close();
        server.stop(0);
        cameras.close();
        fixture.close();
    }

    /** A page that stands at an address without anybody serving it; all else that it loads is real. */
    private static Page page(BrowserContext context, String address, String body) {
        Page page = context.newPage();
        page.route(
                address,
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("text/html")
                        .setBody("<!doctype html><body>" + body + "</body>")));
        page.navigate(address);
        return page;
    }

    private static List<?> attack(Page page, String base) {
        return (List<?>) page.evaluate(ATTACK, Map.of("base", base, "paths", PATHS, "posts", POSTS));
    }

    /** Really served from this machine: the browser itself keeps pages of other networks from asking here. */
    private static Page pageFromElsewhere(BrowserContext context, String body) {
        elsewhere = body;
        Page page = context.newPage();
        page.navigate("http://" + EVIL + ":" + server.getAddress().getPort() + "/attack");
        return page;
    }

    private static void serve(HttpExchange exchange) throws IOException {
        byte[] page = ("<!doctype html><body>" + elsewhere + "</body>").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html");
        exchange.sendResponseHeaders(200, page.length);
        exchange.getResponseBody().write(page);
        exchange.close();
    }

    /** That the attack can succeed: from our own page it does. */
    @Test
    void ourOwnPage_getsIt() {
        try (BrowserContext context = chromium.browser().newContext()) {
            Page page = context.newPage();
            page.navigate(fixture.url());
            // Pairs are kept while they are looked at.
            page.locator("[data-view=divider]").click();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> (Boolean) page.evaluate("document.getElementById('caption').textContent !== ''"));
            assertThat(attack(page, "http://127.0.0.1:" + port).stream().map(Object::toString))
                    .anyMatch(line -> line.startsWith("fetch /api/pair?stream=north: basic 200 "))
                    .anyMatch(line -> line.matches("img /icon.svg: loaded .*"))
                    .anyMatch(line -> line.matches("post header /api/login: basic 204 0"));
        }
    }

    @Test
    void aPageThatHasGivenItsNameOurAddress_getsNothing() {
        try (BrowserContext context = chromium.browser().newContext()) {
            String origin = "http://" + EVIL + ":" + port;
            assertThat(context.newPage().navigate(origin + "/").status()).isEqualTo(421);
            List<?> got = attack(page(context, origin + "/attack", ""), origin);
            assertThat(got).hasSize(8 * PATHS.size() + 3 * POSTS.size());
            assertThat(got.stream().map(Object::toString))
                    .allMatch(line -> line.matches(".*: (nothing|basic 421 \\d+)"));
            assertThat(context.cookies()).isEmpty();
        }
    }

    @Test
    void aPageFromElsewhereThatKnowsOurName_getsNothing() {
        try (BrowserContext context = chromium.browser().newContext()) {
            Page page = pageFromElsewhere(context, "");
            List<?> got = attack(page, "http://127.0.0.1:" + port);
            assertThat(got).hasSize(8 * PATHS.size() + 3 * POSTS.size());
            assertThat(got.stream().map(Object::toString))
                    .allMatch(line -> line.matches(".*: (nothing|opaque 0 0)"))
                    .filteredOn(line -> !line.startsWith("no-cors") && !line.startsWith("post no-cors"))
                    .allMatch(line -> line.endsWith(": nothing"));
            assertThat(context.cookies()).isEmpty();
        }
    }

    /** Forms are sent without asking first, but cannot have the header. */
    @Test
    void aFormFromElsewhere_doesNothing() {
        for (String path : POSTS) {
            try (BrowserContext context = chromium.browser().newContext()) {
                String target = "http://127.0.0.1:" + port + path;
                Page page = pageFromElsewhere(
                        context,
                        "<form method=post action='" + target + "'><input name=token value='" + LiveFixture.TOKEN
                                + "'><button>go</button></form>");
                assertThat(page.waitForResponse(
                                        target, () -> page.locator("button").click())
                                .status())
                        .isEqualTo(403);
                assertThat(context.cookies()).isEmpty();
            }
        }
    }

    @Test
    void noFrameShowsThePage() {
        try (BrowserContext context = chromium.browser().newContext()) {
            Page page = pageFromElsewhere(context, "<iframe src='" + fixture.url() + "'></iframe>");
            await().atMost(Duration.ofSeconds(30)).until(() -> page.frames().size() == 2);
            assertThat(page.frames().get(1).locator("h1:text-is(\"Kinolift\")").count())
                    .isZero();
        }
    }
}
