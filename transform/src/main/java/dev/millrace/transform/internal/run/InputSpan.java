package dev.millrace.transform.internal.run;

import dev.millrace.core.graph.NodeKind;
import dev.millrace.transform.internal.batch.Batch;
import dev.millrace.transform.internal.batch.TimeSpan;
import dev.millrace.transform.internal.relation.DbtRelation;
import dev.millrace.transform.internal.resource.ColumnInfo;
import dev.millrace.transform.internal.resource.Config;
import dev.millrace.transform.internal.resource.Properties;
import dev.millrace.transform.internal.resource.Resource;
import java.util.Optional;

/** Of which event time a node reads the rows of what has an {@code event_time}: its batch, a sample, or all. */
record InputSpan(Optional<TimeSpan> span) {
    /** @param batch of a microbatch model; none for what is built at once */
    static InputSpan of(Resource reader, Optional<Batch> batch, InputReading reading) {
        boolean samples = reader.kind() == NodeKind.MODEL || reader.kind() == NodeKind.SNAPSHOT;
        Optional<TimeSpan> sample = samples ? reading.sample() : Optional.empty();
        Optional<TimeSpan> own = batch.map(Batch::span);
        return new InputSpan(own.map(one -> sample.map(one::and).orElse(one)).or(() -> sample));
    }

    DbtRelation of(DbtRelation input, Config config, Properties properties) {
        String column = config.text("event_time");
        if (span.isEmpty() || column == null) {
            return input;
        }
        ColumnInfo described = properties.columns().get(column);
        boolean quoted = described != null && Boolean.TRUE.equals(described.quote());
        return input.where(span.get().condition(quoted ? '"' + column.replace("\"", "\"\"") + '"' : column));
    }
}
