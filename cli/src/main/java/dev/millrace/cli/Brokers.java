package dev.millrace.cli;

import dev.millrace.broker.BrokerSettings;
import dev.millrace.broker.KafkaBroker;
import dev.millrace.events.BrokerStarter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The brokers that a project asks for: each is started once, when something first needs it. Thread-safe. */
final class Brokers implements BrokerStarter, AutoCloseable {
    /** By folder; guarded by itself. */
    private final Map<Path, KafkaBroker> running;

    private final boolean owner;

    Brokers() {
        this(new LinkedHashMap<>(), true);
    }

    private Brokers(Map<Path, KafkaBroker> running, boolean owner) {
        this.running = running;
        this.owner = owner;
    }

    /** The same brokers for another reading of the project; closing it stops none. */
    Brokers shared() {
        return new Brokers(running, false);
    }

    @Override
    public String start(String source, Path folder, int port) {
        synchronized (running) {
            KafkaBroker broker = running.get(folder);
            if (broker == null || !broker.isAlive()) {
                broker = KafkaBroker.start(BrokerSettings.of(folder, port));
                running.put(folder, broker);
            }
            return broker.bootstrapServers();
        }
    }

    @Override
    public void close() {
        if (!owner) {
            return;
        }
        synchronized (running) {
            running.values().forEach(KafkaBroker::close);
            running.clear();
        }
    }
}
