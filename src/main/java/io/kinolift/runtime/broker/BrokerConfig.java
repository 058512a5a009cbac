package io.kinolift.runtime.broker;

import java.nio.file.Path;
import java.util.Properties;

/** The settings of a broker that is alone, on the loopback interface, with large records and little memory. */
final class BrokerConfig {
    static final int NODE_ID = 1;
    static final String CONTROLLER = "CONTROLLER";
    private static final String BROKER = "BROKER";

    private BrokerConfig() {}

    static Properties of(Path logFolder, int brokerPort, int controllerPort, int maxMessageBytes) {
        Properties p = new Properties();
        p.putAll(node(logFolder, brokerPort, controllerPort));
        p.putAll(alone());
        p.putAll(sizes(maxMessageBytes));
        p.putAll(prompt());
        return p;
    }

    private static Properties node(Path logFolder, int brokerPort, int controllerPort) {
        String broker = BROKER + "://127.0.0.1:" + brokerPort;
        Properties p = new Properties();
        p.put("process.roles", "broker,controller");
        p.put("node.id", Integer.toString(NODE_ID));
        p.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
        p.put("listeners", broker + "," + CONTROLLER + "://127.0.0.1:" + controllerPort);
        p.put("advertised.listeners", broker);
        p.put("listener.security.protocol.map", BROKER + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        p.put("inter.broker.listener.name", BROKER);
        p.put("controller.listener.names", CONTROLLER);
        p.put("log.dirs", logFolder.toString());
        p.put("auto.create.topics.enable", "false");
        return p;
    }

    /** There is nobody to replicate to, to hand over to, or to wait for. */
    private static Properties alone() {
        Properties p = new Properties();
        for (String topic : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            p.put(topic + ".replication.factor", "1");
            p.put(topic + ".num.partitions", "3");
        }
        p.put("transaction.state.log.min.isr", "1");
        p.put("share.coordinator.state.topic.min.isr", "1");
        p.put("min.insync.replicas", "1");
        p.put("controlled.shutdown.enable", "false");
        p.put("group.initial.rebalance.delay.ms", "0");
        return p;
    }

    private static Properties sizes(int maxMessageBytes) {
        Properties p = new Properties();
        p.put("message.max.bytes", Integer.toString(maxMessageBytes));
        p.put("replica.fetch.max.bytes", Integer.toString(maxMessageBytes));
        int request = (int) Math.min(Integer.MAX_VALUE, Math.max(100L << 20, maxMessageBytes + (1L << 20)));
        p.put("socket.request.max.bytes", Integer.toString(request));
        p.put("num.network.threads", "2");
        p.put("num.io.threads", "4");
        p.put("background.threads", "2");
        p.put("num.recovery.threads.per.data.dir", "1");
        // The default takes 128 MiB of heap.
        p.put("log.cleaner.dedupe.buffer.size", "4194304");
        p.put("log.index.size.max.bytes", "1048576");
        return p;
    }

    /** Frames are large: the disk of those read and deleted is given back at once; dead transactions do not linger. */
    private static Properties prompt() {
        Properties p = new Properties();
        p.put("log.retention.check.interval.ms", "1000");
        p.put("log.initial.task.delay.ms", "1000");
        p.put("log.segment.delete.delay.ms", "100");
        p.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        return p;
    }
}
