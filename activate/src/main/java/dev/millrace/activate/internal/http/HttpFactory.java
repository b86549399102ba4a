package dev.millrace.activate.internal.http;

import dev.millrace.activate.internal.config.Sync;
import dev.millrace.activate.internal.destination.Destination;
import dev.millrace.activate.internal.destination.DestinationFactory;
import dev.millrace.activate.internal.destination.Route;
import dev.millrace.core.yaml.YamlMap;
import java.util.Set;

/** Opens HTTP services. */
public final class HttpFactory implements DestinationFactory {
    private static final BatchSize BATCH = new BatchSize(1, 10_000);

    @Override
    public String type() {
        return "http";
    }

    @Override
    public BatchSize batchSize() {
        return BATCH;
    }

    @Override
    public boolean needsObject() {
        return false;
    }

    @Override
    public Set<String> keys() {
        return Set.copyOf(HttpSync.KEYS);
    }

    @Override
    public Set<String> templates() {
        return Set.of("object", "body", "delete");
    }

    @Override
    public void check(Sync sync) {
        sync.destination().settings().allowOnly(HttpSettings.KEYS);
        HttpSync.read(sync);
    }

    @Override
    public Destination open(String name, YamlMap settings, Route route) {
        return new HttpDestination(HttpSettings.read(settings), route);
    }
}
