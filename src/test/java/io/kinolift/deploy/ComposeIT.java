package io.kinolift.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The stack of deploy/compose.yaml, all but Grafana, on images that stand in for those of registries:
 * {@code mvn -Pimage -Pregistry verify}. Its ports are those of the file.
 */
@EnabledIfSystemProperty(named = "kinolift.image", matches = "true")
@EnabledIfSystemProperty(named = "kinolift.apicurio", matches = ".+")
class ComposeIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int SECONDS = 60;
    private static final int FRAMES = 10 * SECONDS;
    private static final List<String> PAGES = List.of("http://127.0.0.1:8081/", "http://127.0.0.1:8082/");

    @TempDir
    private Path folder;

    @Test
    void bothInstancesWork_oneIsKilled_andTheOutputIsWhole() throws Exception {
        Podman.execute(Duration.ofMinutes(30), List.of("deploy/image/build.sh")).orFail();
        Podman.execute(
                        Duration.ofMinutes(10),
                        List.of("deploy/image/cluster-stand-ins.sh", System.getProperty("kinolift.apicurio")))
                .orFail();
        try (Stack stack =
                new Stack(folder, Map.of("CAMERA_SECONDS", Integer.toString(SECONDS), "CAMERA_RESTART", "no"))) {
            stack.up("kinolift-1", "kinolift-2", "prometheus");
            for (String page : PAGES) {
                await().atMost(PATIENCE)
                        .ignoreExceptions()
                        .until(() -> get(page + "ready").statusCode() == 200);
            }
            stack.up("camera-1", "camera-2");
            for (String page : PAGES) {
                await().atMost(PATIENCE)
                        .ignoreExceptions()
                        .until(() -> get(page + "metrics").body().contains("kinolift_frames_emitted_total{"));
            }
            stack.kill("kinolift-1");
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(5))
                    .until(() -> whole(stack.kinolift("audit").output()));
            Podman.Outcome audit = stack.kinolift("audit");
            System.out.println(audit.output());
            assertThat(audit.exitCode()).as(audit.all()).isZero();
            // What is only counted when it happens: frames too large, and a session that is over.
            stack.kinolift("ingest", "lavfi:testsrc2=size=2000x1500:rate=5:duration=1", "--stream", "huge")
                    .orFail();
            stack.kinolift("ingest", "lavfi:testsrc2=size=320x180:rate=5:duration=1", "--stream", "gate")
                    .orFail();
            for (String query : Queries.dashboard()) {
                await(query).atMost(PATIENCE).ignoreExceptions().until(() -> hasData(query));
            }
        }
    }

    private static boolean whole(String audit) {
        String frames = "received " + FRAMES + " = upscaled " + FRAMES + " ";
        return audit.lines().filter(line -> line.contains(frames)).count() == 2;
    }

    private static boolean hasData(String query) throws Exception {
        HttpResponse<String> answer =
                get("http://127.0.0.1:9090/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        return !new ObjectMapper()
                .readTree(answer.body())
                .path("data")
                .path("result")
                .isEmpty();
    }

    private static HttpResponse<String> get(String url) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(url))
                            .timeout(Duration.ofSeconds(20))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
