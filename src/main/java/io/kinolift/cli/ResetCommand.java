package io.kinolift.cli;

import io.kinolift.runtime.topics.Traces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.utils.Utils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lets the application start over. */
@Command(
        name = "reset",
        mixinStandardHelpOptions = true,
        footer = {
            "  kinolift reset --bootstrap-server broker:9092",
            "  kinolift reset --bootstrap-server broker:9092 --yes --wait 60"
        },
        exitCodeList = {
            ExitCodes.SAYS_DONE,
            "1:nothing was deleted, or failed: the broker, a disk or the program itself",
            ExitCodes.SAYS_USAGE
        },
        description = {
            "Lets the application start over.",
            "Deletes its consumer group and offsets, its changelogs, its records on the output topics, and its stores in this machine's state folder. The frames topic is then read again from its first record. Shows all of it and asks first; refuses while an instance runs."
        })
final class ResetCommand implements Callable<Integer> {
    @Mixin
    private ConnectionOptions connection;

    @Mixin
    private Question question;

    @Mixin
    private RunningInstances instances;

    @Mixin
    private ApplicationOption application;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            defaultValue = "kinolift-state",
            description = "stores of the instance on this machine (default ${DEFAULT-VALUE})")
    private Path stateDir;

    @Option(names = "--frames", description = "empty the frames topic too")
    private boolean frames;

    @Override
    public Integer call() throws Exception {
        List<Path> folders = Stream.of(
                        stateDir.resolve(application.id()),
                        stateDir.resolveSibling(stateDir.getFileName() + "-journal"))
                .filter(Files::exists)
                .toList();
        try (Admin admin = Admin.create(new HashMap<>(connection.reached()))) {
            instances.requireNone(admin, application.id());
            Traces traces = Traces.of(admin, connection.topics(), application.id(), frames);
            if (traces.isEmpty() && folders.isEmpty()) {
                System.out.println("nothing to reset: no trace of application " + application.id());
                return ExitCodes.DONE;
            }
            List<String> lines = new ArrayList<>(traces.lines());
            folders.forEach(folder -> lines.add("folder " + folder.toAbsolutePath() + ": delete it"));
            if (!question.isAnsweredYes(lines)) {
                return ExitCodes.FAILED;
            }
            traces.remove(admin, line -> System.out.println(LogText.line(line)));
            for (Path folder : folders) {
                Utils.delete(folder.toFile());
                System.out.println(
                        "deleted folder " + LogText.line(folder.toAbsolutePath().toString()));
            }
        }
        return ExitCodes.DONE;
    }
}
