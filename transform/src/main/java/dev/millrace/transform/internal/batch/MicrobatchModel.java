package dev.millrace.transform.internal.batch;

import dev.millrace.transform.internal.resource.Config;
import dev.millrace.transform.internal.resource.Resource;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A model of the incremental strategy {@code microbatch} (docs.getdbt.com/docs/build/incremental-microbatch). */
public final class MicrobatchModel {
    private final Resource model;
    private final BatchSize size;

    public MicrobatchModel(Resource model) {
        this.model = model;
        this.size = BatchSize.of(model.config().text("batch_size", "")).orElseThrow();
    }

    public static boolean is(Config config) {
        return config.materialized().equals("incremental")
                && config.text("incremental_strategy", "").equals("microbatch");
    }

    /** The batches to build, oldest first. */
    public List<Batch> batches(BatchOptions options, boolean incremental) {
        BatchResults before = options.before().get(model.id().toString());
        List<TimeSpan> spans = before == null ? spans(options, incremental) : before.failed();
        List<Batch> batches = new ArrayList<>();
        for (TimeSpan span : spans) {
            batches.add(Batch.of(size, span, incremental || !batches.isEmpty()));
        }
        return batches;
    }

    private List<TimeSpan> spans(BatchOptions options, boolean incremental) {
        LocalDateTime end = size.ceiling(options.asked().map(TimeSpan::end).orElse(options.now()));
        LocalDateTime from =
                options.asked().map(span -> size.floor(span.start())).orElseGet(() -> start(end, incremental));
        List<TimeSpan> spans = new ArrayList<>();
        LocalDateTime next = from;
        do {
            LocalDateTime after = size.after(next, 1);
            spans.add(new TimeSpan(next, after.isBefore(end) ? after : end));
            next = after;
        } while (next.isBefore(end));
        return spans;
    }

    private LocalDateTime start(LocalDateTime end, boolean incremental) {
        Optional<LocalDateTime> begin =
                Optional.ofNullable(model.config().get("begin")).flatMap(EventTime::parse);
        if (!incremental && begin.isPresent()) {
            return size.floor(begin.get());
        }
        long lookback = model.config().get("lookback") instanceof Number number ? number.longValue() : 1;
        // The end is the start of a batch that is not built: the batch before it is the newest.
        return size.after(end, -lookback - 1);
    }
}
