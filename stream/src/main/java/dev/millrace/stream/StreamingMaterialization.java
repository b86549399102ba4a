package dev.millrace.stream;

import dev.millrace.stream.internal.query.QueryReader;
import dev.millrace.stream.internal.run.StreamConfig;
import dev.millrace.stream.internal.run.StreamStep;
import dev.millrace.warehouse.model.Materialization;
import dev.millrace.warehouse.model.Model;
import dev.millrace.warehouse.model.ModelStep;

/**
 * {@code materialized='streaming'}: a model that is kept equal to its query by computing what new rows of its input
 * touch (docs/streams.md). Thread-safe.
 */
public final class StreamingMaterialization implements Materialization {
    @Override
    public String name() {
        return "streaming";
    }

    @Override
    public ModelStep step(Model model) {
        StreamConfig config = StreamConfig.of(model);
        QueryReader.Read query = QueryReader.read(model);
        return new ModelStep(new StreamStep(model, config, query), config.trigger());
    }
}
