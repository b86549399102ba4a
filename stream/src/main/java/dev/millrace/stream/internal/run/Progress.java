package dev.millrace.stream.internal.run;

import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Table;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a stretch of the input holds.
 *
 * @param rows in all
 * @param untimed rows without an event time
 * @param earliest event time; null without any
 * @param maxima the greatest event time of each partition
 */
record Progress(long rows, long untimed, @Nullable Long earliest, Map<String, Long> maxima) {
    /** What is told of each bucket of windows, once {@link #of} has been asked. */
    static final String SEEN = "temp.main._millrace_seen";

    /** @param rows a condition on the input's rows: they are read once */
    static Progress of(Session session, StreamSql statements, String rows) {
        session.execute("create or replace temporary table _millrace_seen as (" + statements.seen(rows) + ")");
        Table answer =
                session.query("select cast(_millrace_of as varchar), max(_millrace_latest), min(_millrace_earliest), "
                        + "cast(sum(_millrace_rows) as bigint), cast(sum(_millrace_timed) as bigint) from " + SEEN
                        + " group by 1");
        long count = 0;
        long timed = 0;
        Long earliest = null;
        Map<String, Long> maxima = new HashMap<>();
        for (List<@Nullable Object> row : answer.rows()) {
            count += ((Number) java.util.Objects.requireNonNull(row.get(3))).longValue();
            timed += ((Number) java.util.Objects.requireNonNull(row.get(4))).longValue();
            if (row.get(1) instanceof Number greatest && row.get(2) instanceof Number least) {
                maxima.put(String.valueOf(row.get(0)), greatest.longValue());
                earliest = earliest == null ? least.longValue() : Math.min(earliest, least.longValue());
            }
        }
        return new Progress(count, count - timed, earliest, maxima);
    }

    Set<String> active() {
        return new HashSet<>(maxima.keySet());
    }

    /** The greatest event times with those known before. */
    Map<String, Long> over(Map<String, Long> before) {
        Map<String, Long> all = new HashMap<>(before);
        maxima.forEach((partition, time) -> all.merge(partition, time, Math::max));
        return all;
    }
}
