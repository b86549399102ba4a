package dev.millrace.transform.internal.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.transform.internal.batch.BatchOptions;
import dev.millrace.transform.internal.batch.BatchResults;
import dev.millrace.transform.internal.batch.EventTime;
import dev.millrace.transform.internal.batch.TimeSpan;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an earlier run built of microbatch models.
 *
 * @param started when it began, if it says so
 * @param models by id, those of which some batches were built and some were not
 */
public record PreviousBatches(Optional<LocalDateTime> started, Map<String, BatchResults> models) {
    public PreviousBatches {
        models = Map.copyOf(models);
    }

    /** @param runResults a run_results.json */
    public static PreviousBatches of(JsonNode runResults) {
        Map<String, BatchResults> models = new LinkedHashMap<>();
        for (JsonNode result : runResults.path("results")) {
            JsonNode batches = result.path("batch_results");
            BatchResults known = new BatchResults(spans(batches.path("successful")), spans(batches.path("failed")));
            if (known.partial()) {
                models.put(result.path("unique_id").asText(), known);
            }
        }
        JsonNode metadata = runResults.path("metadata");
        String started = metadata.path("invocation_started_at")
                .asText(metadata.path("generated_at").asText(""));
        return new PreviousBatches(EventTime.parse(started), models);
    }

    /** {@code options} for the run that goes on. */
    public BatchOptions from(BatchOptions options) {
        return options.after(started.orElse(options.now()), models);
    }

    private static List<TimeSpan> spans(JsonNode pairs) {
        List<TimeSpan> spans = new ArrayList<>();
        for (JsonNode pair : pairs) {
            Optional<LocalDateTime> start = EventTime.parse(pair.path(0).asText());
            Optional<LocalDateTime> end = EventTime.parse(pair.path(1).asText());
            if (start.isPresent() && end.isPresent()) {
                spans.add(new TimeSpan(start.get(), end.get()));
            }
        }
        return spans;
    }
}
