package io.kinolift.deploy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One container of the image, hardened as deploy/ does it: read-only root, no capability, nothing gained by setuid. */
final class Container implements AutoCloseable {
    private final String name;

    private Container(String name) {
        this.name = name;
    }

    /**
     * @param options of podman's, such as memory and environment
     * @param arguments of kinolift's
     */
    static Container start(String name, List<String> options, String... arguments)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(
                "run",
                "--detach",
                "--name",
                name,
                "--hostname",
                name,
                "--network",
                "host",
                "--read-only",
                "--cap-drop",
                "all",
                "--security-opt",
                "no-new-privileges",
                "--read-only-tmpfs=false",
                "--tmpfs",
                "/tmp:rw,noexec,nosuid,nodev,size=64m"));
        all.addAll(options);
        all.add(Podman.IMAGE);
        all.addAll(List.of(arguments));
        Podman.run("rm", "--force", "--volumes", name);
        Podman.run(all.toArray(String[]::new)).orFail();
        return new Container(name);
    }

    Podman.Outcome exec(String... command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("exec", name));
        all.addAll(List.of(command));
        return Podman.run(all.toArray(String[]::new));
    }

    /** What the image's own check says; asked by hand, for podman needs systemd to ask by the clock. */
    boolean isHealthy() throws IOException, InterruptedException {
        return Podman.run("healthcheck", "run", name).exitCode() == 0;
    }

    boolean isReady() throws IOException, InterruptedException {
        return exec("/opt/kinolift/bin/health.sh", "/ready").exitCode() == 0;
    }

    String inspect(String format) throws IOException, InterruptedException {
        return Podman.run("inspect", "--format", format, name).orFail();
    }

    /** SIGTERM, and SIGKILL only long after the application's own limit. @return the exit code */
    int stop() throws IOException, InterruptedException {
        Podman.run("stop", "--time", "60", name).orFail();
        return Integer.parseInt(inspect("{{.State.ExitCode}}"));
    }

    /** With the volume and all settings it had. */
    void startAgain() throws IOException, InterruptedException {
        Podman.run("start", name).orFail();
    }

    /** Until it ends by itself. @return the exit code */
    int awaitEnd() throws IOException, InterruptedException {
        return Integer.parseInt(Podman.run("wait", name).orFail());
    }

    String logs() throws IOException, InterruptedException {
        return Podman.run("logs", name).all();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        Podman.run("rm", "--force", "--volumes", name);
    }
}
