package io.kinolift.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The stack of deploy/compose.yaml, by docker-compose over podman's socket. */
final class Stack implements AutoCloseable {
    private static final String PROJECT = "kinolifttest";

    private final Path socket;
    private final Process service;
    private final Map<String, String> environment;
    private final ScheduledExecutorService doctor = Executors.newSingleThreadScheduledExecutor();

    /** @param environment variables that compose.yaml asks for */
    Stack(Path folder, Map<String, String> environment) throws IOException {
        this.environment = environment;
        socket = folder.resolve("podman.sock");
        service = new ProcessBuilder("podman", "system", "service", "--time", "0", "unix://" + socket)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        // Podman needs systemd to ask for health by the clock.
        var _ = doctor.scheduleWithFixedDelay(this::check, 2, 2, TimeUnit.SECONDS);
    }

    private void check() {
        try {
            for (String name : Podman.run("ps", "--filter", "name=" + PROJECT, "--format", "{{.Names}}")
                    .output()
                    .lines()
                    .toList()) {
                Podman.run("healthcheck", "run", name);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Those services and what they depend on, in the order of their conditions. */
    void up(String... services) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("up", "--detach", "--no-build"));
        all.addAll(List.of(services));
        compose(all.toArray(String[]::new)).orFail();
    }

    Podman.Outcome compose(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("env", "DOCKER_HOST=unix://" + socket, "COMPOSE_HTTP_TIMEOUT=600"));
        environment.forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(List.of("docker-compose", "-p", PROJECT, "-f", "deploy/compose.yaml"));
        command.addAll(List.of(arguments));
        return Podman.execute(Duration.ofMinutes(10), command);
    }

    /** A command of the image, in the stack's network. */
    Podman.Outcome kinolift(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("run", "--rm", "--network", PROJECT + "_default", Podman.IMAGE));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--bootstrap-server", "kafka:9092"));
        return Podman.run(all.toArray(String[]::new));
    }

    /** With SIGKILL. */
    void kill(String instance) throws IOException, InterruptedException {
        Podman.run("kill", "--signal", "KILL", PROJECT + "_" + instance + "_1").orFail();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        doctor.shutdownNow();
        compose("down", "--volumes", "--timeout", "5");
        service.destroy();
        service.waitFor();
    }
}
