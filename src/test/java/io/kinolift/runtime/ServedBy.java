package io.kinolift.runtime;

import io.kinolift.Processes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The HTTP side of an application in a process of its own; its log tells the address. */
final class ServedBy implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("live page, health and metrics: (\\S+)");

    private final HttpClient client = HttpClient.newHttpClient();
    private final String url;

    private ServedBy(String url) {
        this.url = url;
    }

    /** Waits for a process to write the address into its log. */
    static ServedBy log(Process process, Path log, Duration patience) {
        return new ServedBy(Awaitility.await()
                .atMost(patience)
                .ignoreExceptions()
                .failFast(() -> Processes.requireAlive(process, log))
                .until(
                        () -> {
                            Matcher found = ADDRESS.matcher(Files.readString(log));
                            return found.find() ? found.group(1) : null;
                        },
                        url -> url != null));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(url + path))
                        .timeout(Duration.ofSeconds(30))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    void await(String path, Duration patience, Predicate<String> page) {
        Awaitility.await()
                .atMost(patience)
                .ignoreExceptions()
                .until(() -> page.test(get(path).body()));
    }

    void awaitStatus(String path, Duration patience, int status) {
        Awaitility.await().atMost(patience).until(() -> get(path).statusCode() == status);
    }

    @Override
    public void close() {
        client.close();
    }
}
