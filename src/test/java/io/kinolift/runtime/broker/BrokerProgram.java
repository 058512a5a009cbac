package io.kinolift.runtime.broker;

import java.nio.file.Path;

/** Starts a broker in the folder given, says so, and stays until it is killed or interrupted. */
public final class BrokerProgram {
    private BrokerProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults().withParentFolder(Path.of(arguments[0])));
        broker.beforeClose(() -> System.out.println("clients first"));
        System.out.println(broker.bootstrapServers());
        Thread.currentThread().join();
    }
}
