package io.kinolift.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.kinolift.audit.AccountBook;
import io.kinolift.audit.Audit;
import io.kinolift.runtime.Version;
import io.kinolift.topology.TopologySettings.TopicNames;
import io.kinolift.transfer.Clients;
import io.kinolift.wire.AccountRecord;
import io.kinolift.wire.input.AvroInput;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Two instances, forty streams: the page of each instance lists all. Leaves screenshots in target/screenshots. */
class ClusterPageIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final TopicNames NAMES =
            new TopicNames("kinolift.frames", "kinolift.upscaled", "kinolift.dead-letters", "kinolift.accounts");
    private static ManyStreams many;
    private static Chromium chromium;

    @BeforeAll
    static void start() throws Exception {
        many = new ManyStreams();
        await().atMost(ManyStreams.PATIENCE)
                .until(() -> cluster(0).get("streams").size() == ManyStreams.COUNT);
        many.disturb();
        await().atMost(ManyStreams.PATIENCE).until(() -> count(cluster(0), "ENDED") == ManyStreams.ENDED.size());
        // A broken frame comes every few seconds.
        await().atMost(ManyStreams.PATIENCE).until(() -> deadLetters(accounts()) > 0);
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
        many.close();
    }

    private static JsonNode json(int instance, String path) throws IOException, InterruptedException {
        HttpResponse<String> response = HTTP.send(
                HttpRequest.newBuilder(URI.create(many.instance(instance).url() + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private static JsonNode cluster(int instance) throws IOException, InterruptedException {
        return json(instance, "api/streams");
    }

    /** All that the first instance knows; reading begins anew when nobody has looked for a while. */
    private static JsonNode complete() {
        return await().atMost(ManyStreams.PATIENCE)
                .until(
                        () -> cluster(0),
                        cluster -> cluster.get("complete").asBoolean()
                                && cluster.get("instances").size() == 2);
    }

    private static long count(JsonNode cluster, String state) {
        return StreamSupport.stream(cluster.get("streams").spliterator(), false)
                .filter(line -> line.get("state").asText().equals(state))
                .count();
    }

    /** By stream: its counts. */
    private static Map<String, List<Object>> shown(JsonNode cluster) {
        Map<String, List<Object>> shown = new TreeMap<>();
        cluster.get("streams").forEach(line -> {
            Map<String, Long> dropped = new TreeMap<>();
            line.get("dropped")
                    .properties()
                    .forEach(each -> dropped.put(each.getKey(), each.getValue().asLong()));
            shown.put(
                    line.get("stream").asText(),
                    List.of(
                            line.get("received").asLong(),
                            line.get("upscaled").asLong(),
                            line.get("deadLettered").asLong(),
                            dropped,
                            line.get("held").asLong(),
                            line.get("emitted").asLong()));
        });
        return shown;
    }

    private static Map<String, List<Object>> accounts() throws Exception {
        try (var consumer = Clients.tableReader(many.clients())) {
            return AccountBook.read(consumer, NAMES.accounts()).entries().stream()
                    .map(AccountBook.Entry::account)
                    .collect(Collectors.toMap(
                            AccountRecord::streamId,
                            account -> List.of(
                                    account.received(),
                                    account.upscaled(),
                                    account.deadLettered(),
                                    new TreeMap<>(account.dropped()),
                                    account.held(),
                                    account.emitted())));
        }
    }

    private static long deadLetters(Map<String, List<Object>> accounts) {
        return (long) accounts.get(ManyStreams.BROKEN).get(2);
    }

    @Test
    void bothPages_listAllStreams_withTheCountsOfTheAccounts() throws Exception {
        many.cameras().pause();
        try {
            await().atMost(ManyStreams.PATIENCE).untilAsserted(() -> {
                Map<String, List<Object>> accounts = accounts();
                assertThat(accounts).hasSize(ManyStreams.COUNT);
                assertThat(shown(cluster(0))).isEqualTo(accounts);
                assertThat(shown(cluster(1))).isEqualTo(accounts);
                assertThat(accounts.get(ManyStreams.REPEATING).get(3)).isEqualTo(Map.of("DUPLICATE", 1L));
                assertThat(deadLetters(accounts)).isPositive();
            });
            try (var consumer = Clients.consumer(many.clients())) {
                Audit.Report report =
                        new Audit(consumer, NAMES, new AvroInput(Optional.empty(), false), _ -> true).run();
                assertThat(report.problems()).isEmpty();
            }
        } finally {
            many.cameras().resume();
        }
    }

    @Test
    void eachInstance_knowsBoth_andWhoWorksOnWhat() throws Exception {
        for (int own = 0; own < 2; own++) {
            int index = own;
            await().atMost(ManyStreams.PATIENCE)
                    .until(() -> cluster(index).get("instances").size() == 2
                            && cluster(index).get("complete").asBoolean());
            JsonNode cluster = cluster(own);
            assertThat(cluster.get("problem").asText()).isEmpty();
            JsonNode self = cluster.get("instances").get(0);
            JsonNode other = cluster.get("instances").get(1);
            assertThat(self.get("isThis").asBoolean()).isTrue();
            assertThat(self.get("page").asText()).isEqualTo(many.instance(own).url());
            assertThat(other.get("page").asText())
                    .isEqualTo(many.instance(1 - own).url());
            assertThat(self.get("partitions").get("kinolift.frames")).hasSize(2);
            assertThat(other.get("partitions").get("kinolift.frames")).hasSize(2);
            // Every stream is where its partition is, and the other one has figures of it.
            Map<String, Integer> places = new TreeMap<>();
            cluster.get("streams")
                    .forEach(line -> places.put(
                            line.get("stream").asText(), line.get("instance").asInt()));
            assertThat(places.values()).containsOnly(0, 1);
            List<String> here = StreamSupport.stream(
                            json(own, "api/status").get("streams").spliterator(), false)
                    .map(each -> each.get("stream").asText())
                    .toList();
            assertThat(here)
                    .containsExactlyInAnyOrderElementsOf(places.keySet().stream()
                            .filter(stream -> places.get(stream) == 0)
                            .toList());
        }
    }

    @Test
    void theStatus_saysWhoThisIs() throws Exception {
        JsonNode status = json(0, "api/status");
        assertThat(status.get("version").asText()).isEqualTo(Version.NUMBER);
        assertThat(status.get("application").asText()).isEqualTo("kinolift");
        assertThat(status.get("instance").get("name").asText()).startsWith("kinolift-");
        assertThat(status.get("instance").get("host").asText()).isNotEmpty();
        assertThat(status.get("instance").get("partitions").get("kinolift.frames"))
                .hasSize(2);
    }

    private static BrowserPages pages() {
        if (chromium == null) {
            chromium = new Chromium();
        }
        return new BrowserPages(chromium);
    }

    /** A stream that the other instance works on. */
    private static String elsewhere() throws Exception {
        return StreamSupport.stream(complete().get("streams").spliterator(), false)
                .filter(line -> line.get("instance").asInt() == 1
                        && line.get("state").asText().equals("LIVE"))
                .map(line -> line.get("stream").asText())
                .filter(stream -> stream.startsWith("camera"))
                .findFirst()
                .orElseThrow();
    }

    private static Locator stream(Page page, String id) {
        return page.locator("[data-stream='" + id + "']");
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "KINOLIFT_CHROMIUM", matches = ".+")
    void thePage_listsAll_onAnyWidthAndInBothSchemes() throws Exception {
        BrowserPages pages = pages();
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : new int[] {BrowserPages.WIDE, BrowserPages.PHONE}) {
                try (Page page = pages.open(many.instance(0).url(), width, scheme)) {
                    assertThat(page.locator("#streams button")).hasCount(ManyStreams.COUNT);
                    assertThat(page.locator("#instances li")).hasCount(2);
                    // It opens on a stream that runs.
                    assertThat(page.locator("#streams [aria-checked=true] span").first())
                            .containsText("fps");
                    assertThat(page.locator("#caption")).hasText(Pattern.compile("video of .*"));
                    stream(page, ManyStreams.BROKEN).click();
                    assertThat(page.locator("#why")).containsText("Dead letters");
                    assertThat(page).hasTitle("Kinolift");
                    assertThat(page.locator("#stage").boundingBox().y).isLessThan(320);
                    pages.check(page, "cluster", width, scheme);
                }
            }
        }
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "KINOLIFT_CHROMIUM", matches = ".+")
    void aStreamOfTheOtherInstance_isALinkToItsPage_byTheKeyboardAlone() throws Exception {
        BrowserPages pages = pages();
        String id = elsewhere();
        try (Page page = pages.open(many.instance(0).url(), BrowserPages.WIDE, ColorScheme.LIGHT)) {
            assertThat(page.locator("#instances li")).hasCount(2);
            page.locator("#filter").focus();
            page.keyboard().type(id);
            assertThat(page.locator("#streams button:visible")).hasCount(1);
            page.keyboard().press("Tab");
            page.keyboard().press("Enter");
            assertThat(stream(page, id)).hasAttribute("aria-checked", "true");
            Locator link = page.locator("#stage-note a");
            String target = many.instance(1).url() + "#" + id;
            assertThat(link).hasAttribute("href", target);
            assertThat(page.locator("#details-where a")).hasAttribute("href", target);
            BrowserPages.screenshot(page, "cluster-elsewhere");
            link.focus();
            page.keyboard().press("Enter");
            assertThat(page).hasURL(target);
            assertThat(stream(page, id)).hasAttribute("aria-checked", "true");
            assertThat(page.locator("#caption")).hasText(Pattern.compile("video of 640 × 360.*"));
            assertThat(pages.complaints).isEmpty();
        }
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "KINOLIFT_CHROMIUM", matches = ".+")
    void anEndedStream_hasItsLastPicture_andDropsHaveWords() throws Exception {
        BrowserPages pages = pages();
        String ended = ManyStreams.ENDED.getFirst();
        int instance = StreamSupport.stream(complete().get("streams").spliterator(), false)
                .filter(line -> line.get("stream").asText().equals(ended))
                .findFirst()
                .orElseThrow()
                .get("instance")
                .asInt();
        try (Page page = pages.open(many.instance(instance).url() + "#" + ended, BrowserPages.WIDE, ColorScheme.DARK)) {
            assertThat(page.locator("#caption")).hasText("ended; its last picture, 640 × 360");
            assertThat(page.locator("#still")).isVisible();
            assertThat(page.locator("#stage-note")).isHidden();
            BrowserPages.screenshot(page, "cluster-ended");
            page.locator("[data-view=divider]").click();
            assertThat(page.locator("#still")).isVisible();
            stream(page, ManyStreams.REPEATING).click();
            assertThat(page.locator("#still")).isHidden();
            assertThat(page.locator("#why")).containsText("DUPLICATE came before with the same number");
            assertThat(page.locator("[data-count=dropped]")).hasText("1");
            assertThat(pages.complaints).isEmpty();
        }
    }
}
