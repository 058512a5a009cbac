package io.kinolift.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each request gets, by method, path, name of the server and token; and what those get that try to do harm. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "asks from several addresses of the loopback network")
class HttpTableIT {
    /** Status codes: of another name for the server, of no token, a wrong one, the cookie, the token in a header. */
    private static final String TABLE = """
            GET  /                            : 421 200 200 200 200
            HEAD /                            : 421 200 200 200 200
            GET  /index.html                  : 421 200 200 200 200
            HEAD /index.html                  : 421 200 200 200 200
            GET  /page.js                     : 421 200 200 200 200
            HEAD /page.js                     : 421 200 200 200 200
            GET  /live                        : 421 200 200 200 200
            HEAD /live                        : 421 200 200 200 200
            GET  /ready                       : 421 503 503 503 503
            HEAD /ready                       : 421 503 503 503 503
            GET  /metrics                     : 421 200 200 200 200
            HEAD /metrics                     : 421 200 200 200 200
            GET  /metrics/kafka               : 421 200 200 200 200
            HEAD /metrics/kafka               : 421 200 200 200 200
            GET  /api/status                  : 421 200 200 200 200
            HEAD /api/status                  : 421 200 200 200 200
            GET  /api/streams                 : 421 200 200 200 200
            HEAD /api/streams                 : 421 200 200 200 200
            GET  /api/last?stream=a           : 421 401 401 204 204
            HEAD /api/last?stream=a           : 421 401 401 204 204
            GET  /api/pair?stream=a           : 421 401 401 204 204
            HEAD /api/pair?stream=a           : 421 401 401 204 204
            GET  /watch/a.mjpeg               : 421 401 401 404 404
            HEAD /watch/a.mjpeg               : 421 401 401 404 404
            GET  /watch/a/index.m3u8          : 421 401 401 404 404
            HEAD /watch/a/index.m3u8          : 421 401 401 404 404
            GET  /watch/a/1-0.m4s             : 421 401 401 404 404
            HEAD /watch/a/1-0.m4s             : 421 401 401 404 404
            GET  /api/dead-letters            : 421 200 200 200 200
            HEAD /api/dead-letters            : 421 200 200 200 200
            GET  /api/dead-letters/1/picture  : 421 401 401 204 204
            HEAD /api/dead-letters/1/picture  : 421 401 401 204 204
            POST /api/dead-letters/1/replay   : 421 403 403 403 404
            POST /api/login                   : 421 403 403 403 204
            """;

    private static final String NOTHING = "421 404 404 404 404";
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "OPTIONS", "TRACE", "POST", "PUT", "DELETE", "PATCH");
    private static final String TOKEN = "Authorization: Bearer " + LiveFixture.TOKEN;
    private static final String WRONG_TOKEN = "Authorization: Bearer no";
    private static final String HOST = "Host: localhost";
    private static final int MAX_CONNECTIONS = 200;
    private static final int FLOOD = 1_000;

    private static LiveFixture fixture;
    private static RawHttp http;
    private static int guesses;

    @BeforeAll
    static void start() {
        // Nothing is read, so answers do not change: no picture, no dead letter, not ready.
        fixture = new LiveFixture(
                "kinolift.http.pictures", "locked", "kinolift.http.max.connections", Integer.toString(MAX_CONNECTIONS));
        http = RawHttp.to(fixture.url());
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private static String login() throws IOException {
        return RawHttp.header(http.ask("POST", "/api/login", HOST, TOKEN), "Set-Cookie")
                .orElseThrow()
                .split(";", -1)[0];
    }

    /** One network address for each, for after some wrong tokens an address gets nothing else. */
    private static String guess(String method, String path) throws IOException {
        guesses++;
        return http.askFrom(
                "127.0." + (1 + guesses / 250) + "." + (1 + guesses % 250), method, path, HOST, WRONG_TOKEN);
    }

    @Test
    void everyRequest_getsWhatTheTableSays() throws IOException {
        Map<String, String> expected = new TreeMap<>();
        TABLE.lines()
                .map(line -> line.split(" +: "))
                .forEach(row -> expected.put(row[0].replaceAll(" +", " "), row[1]));
        Set<String> paths = expected.keySet().stream()
                .map(request -> request.split(" ", -1)[1])
                .collect(Collectors.toCollection(TreeSet::new));
        paths.add("/nothing");
        String cookie = "Cookie: " + login();
        for (String path : paths) {
            for (String method : METHODS) {
                String found = Stream.of(
                                http.ask(method, path, "Host: evil.example", TOKEN, cookie),
                                http.ask(method, path, HOST),
                                guess(method, path),
                                http.ask(method, path, HOST, cookie),
                                http.ask(method, path, HOST, TOKEN))
                        .map(answer -> Integer.toString(RawHttp.status(answer)))
                        .collect(Collectors.joining(" "));
                assertThat(found)
                        .as("%s %s", method, path)
                        .isEqualTo(expected.getOrDefault(method + " " + path, NOTHING));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//api/pair?stream=a",
                "/api//pair",
                "/x/../api/pair?stream=a",
                "/x/%2e%2e/api/pair",
                "/api/%70air?stream=a",
                "/API/pair",
                "/api/pair;x=1?stream=a",
                "/../../etc/passwd",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/..%2f..%2fetc/passwd",
                "/watch/../api/pair.mjpeg",
                "/watch/a%00.mjpeg",
                "/\\..\\logback.xml",
                "/%00",
                "/logback.xml",
                "/../logback.xml",
                "/META-INF/MANIFEST.MF",
                "/io/kinolift/cli/Kinolift.class",
                "http://evil.example/metrics",
                "*"
            })
    void tricksWithPaths_openNothing(String path) throws IOException {
        for (String answer : List.of(http.ask("GET", path, HOST), http.ask("GET", path, HOST, TOKEN))) {
            assertThat(RawHttp.status(answer)).as(answer).isIn(400, 404);
        }
        assertThat(RawHttp.status(http.ask("GET", "/api/pair/?stream=a", HOST))).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%2e%2e.mjpeg",
                "~2E..mjpeg",
                "..%2f..%2fetc%2fpasswd.mjpeg",
                "~2E.~2F~2E.~2Fetc~2Fpasswd.mjpeg",
                "~00.mjpeg",
                "~2E./index.m3u8",
                "..%2f/index.m3u8",
                "a/..%2findex.m3u8"
            })
    void namesOfStreams_areNoPaths(String name) throws IOException {
        assertThat(RawHttp.status(http.ask("GET", "/watch/" + name, HOST))).isEqualTo(401);
        assertThat(RawHttp.status(http.ask("GET", "/watch/" + name, HOST, TOKEN)))
                .isEqualTo(404);
    }

    @Test
    void requestsThatAreTooLongOrAmbiguous_areRefused() throws IOException {
        String long9000 = "a".repeat(9000);
        assertThat(RawHttp.status(http.ask("GET", "/" + long9000, HOST))).isEqualTo(414);
        assertThat(RawHttp.status(http.ask("GET", "/live", HOST, "X: " + long9000)))
                .isEqualTo(431);
        String many = IntStream.range(0, 5_000).mapToObj(i -> "X" + i + ": 1").collect(Collectors.joining("\r\n"));
        assertThat(RawHttp.status(http.ask("GET", "/live", HOST, many))).isEqualTo(431);
        assertThat(RawHttp.status(http.ask("GET", "/live", "X: no host"))).isEqualTo(400);
        assertThat(RawHttp.status(http.ask("GET", "/live", HOST, "Host: evil.example")))
                .isEqualTo(400);
        assertThat(RawHttp.status(http.ask("GET", "/live", "Host: evil@localhost")))
                .isEqualTo(400);
        assertThat(RawHttp.status(http.ask("GET", "/live", HOST, "Transfer-Encoding: chunked")))
                .isEqualTo(400);
    }

    @Test
    void everyAnswer_keepsBrowsersFromLendingItToOtherPages() throws IOException {
        for (String path : List.of("/", "/page.js", "/live", "/metrics", "/api/status", "/api/pair", "/nothing")) {
            String answer = http.ask("GET", path, HOST, "Origin: http://evil.example", "Cookie: " + login());
            assertThat(answer)
                    .as(path)
                    .doesNotContainIgnoringCase("access-control-")
                    .doesNotContain("Server:");
            assertThat(RawHttp.header(answer, "Content-Security-Policy"))
                    .hasValueSatisfying(policy -> assertThat(policy)
                            .contains("default-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"));
            assertThat(RawHttp.header(answer, "X-Content-Type-Options")).contains("nosniff");
            assertThat(RawHttp.header(answer, "Referrer-Policy")).contains("no-referrer");
            assertThat(RawHttp.header(answer, "Cross-Origin-Resource-Policy")).contains("same-origin");
            assertThat(RawHttp.header(answer, "Cross-Origin-Opener-Policy")).contains("same-origin");
        }
        String cookie = RawHttp.header(http.ask("POST", "/api/login", HOST, TOKEN), "Set-Cookie")
                .orElseThrow();
        assertThat(List.of(cookie.split("; ")))
                .hasSize(4)
                .anyMatch(part -> part.matches("kinolift=[0-9a-f]{64}"))
                .contains("Path=/", "HttpOnly", "SameSite=Strict");
    }

    @Test
    void noAnswerHasTheTokenInIt() throws IOException {
        for (String path : List.of("/", "/live", "/ready", "/metrics", "/api/status", "/api/dead-letters")) {
            assertThat(http.ask("GET", path, HOST, TOKEN)).doesNotContain(LiveFixture.TOKEN);
        }
    }

    @Test
    void afterTenWrongTokens_anAddressMustWait_andOthersNeedNot() throws IOException {
        String guesser = "127.9.9.9";
        for (int i = 0; i < WrongTokens.MAX; i++) {
            assertThat(RawHttp.status(http.askFrom(guesser, "POST", "/api/login", HOST, WRONG_TOKEN)))
                    .isEqualTo(403);
        }
        for (String path : List.of("/api/login", "/api/dead-letters/1/replay")) {
            String refused = http.askFrom(guesser, "POST", path, HOST, TOKEN);
            assertThat(RawHttp.status(refused)).isEqualTo(429);
            assertThat(RawHttp.header(refused, "Retry-After")).contains("60");
            assertThat(refused).contains("found 10 others from this address: wait a minute");
        }
        assertThat(RawHttp.status(http.askFrom(guesser, "GET", "/api/pair?stream=a", HOST, "Cookie: " + login())))
                .as("who has logged in before is not kept out")
                .isEqualTo(204);
        assertThat(RawHttp.status(http.ask("POST", "/api/login", HOST, TOKEN))).isEqualTo(204);
    }

    @Test
    void aThousandSlowClients_keepNobodyOut() throws IOException {
        List<Socket> slow = new ArrayList<>();
        int threads = Thread.activeCount();
        try {
            for (int i = 0; i < FLOOD; i++) {
                Socket socket = http.connect();
                slow.add(socket);
                socket.getOutputStream().write("GET /live HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII));
                if (i % 100 == 99) {
                    long begin = System.nanoTime();
                    assertThat(RawHttp.status(http.ask("GET", "/live", HOST))).isEqualTo(200);
                    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
                }
            }
            assertThat(Thread.activeCount() - threads).as("threads").isLessThan(FLOOD / 4);
            assertThat(slow.stream().filter(HttpTableIT::isClosed).count())
                    .as("the oldest are closed for the newest")
                    .isBetween((long) FLOOD - MAX_CONNECTIONS, (long) FLOOD - MAX_CONNECTIONS + 50);
            // And those that send nothing more, after a while.
            await().atMost(Duration.ofSeconds(30)).until(() -> slow.stream().allMatch(HttpTableIT::isClosed));
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private static boolean isClosed(Socket socket) {
        try {
            socket.setSoTimeout(1);
            while (socket.getInputStream().read() >= 0) {
                // What it is told before.
            }
            return true;
        } catch (SocketTimeoutException _) {
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    @Test
    void aThousandRequestsAtOnce_areAnsweredOrCutOff_andTheNextIsAnswered() throws Exception {
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = IntStream.range(0, FLOOD)
                    .mapToObj(i -> clients.submit(() -> {
                        try {
                            return RawHttp.status(http.ask("GET", "/api/status", HOST));
                        } catch (IOException _) {
                            return 0;
                        }
                    }))
                    .toList();
            int good = 0;
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isIn(0, 200);
                good += answer.get() == 200 ? 1 : 0;
            }
            assertThat(good).isGreaterThan(MAX_CONNECTIONS / 2);
        }
        assertThat(RawHttp.status(http.ask("GET", "/live", HOST))).isEqualTo(200);
    }
}
