package dev.millrace.activate.internal.postgres;

import dev.millrace.activate.internal.config.Sync;
import dev.millrace.activate.internal.destination.Destination;
import dev.millrace.activate.internal.destination.DestinationFactory;
import dev.millrace.activate.internal.destination.Route;
import dev.millrace.core.yaml.YamlMap;

/** Opens PostgreSQL databases. */
public final class PostgresFactory implements DestinationFactory {
    private static final BatchSize BATCH = new BatchSize(2_000, 50_000);

    @Override
    public String type() {
        return "postgres";
    }

    @Override
    public BatchSize batchSize() {
        return BATCH;
    }

    @Override
    public void check(Sync sync) {
        sync.destination().settings().allowOnly(PostgresTarget.KEYS);
    }

    @Override
    public Destination open(String name, YamlMap settings, Route route) {
        return PostgresDestination.open(PostgresTarget.read(name, settings), route);
    }
}
