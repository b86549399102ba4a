package dev.millrace.transform.internal.batch;

/**
 * One batch of a microbatch model.
 *
 * @param name as in the name of its compiled file: {@code 2026-03-01}
 * @param id as {@code model.batch.id} has it: {@code 20260301}
 * @param incremental whether it adds to what is there, instead of building the table anew
 */
public record Batch(String name, String id, TimeSpan span, boolean incremental) {
    static Batch of(BatchSize size, TimeSpan span, boolean incremental) {
        String name = size.name(span.start());
        return new Batch(name, name.replace("-", ""), span, incremental);
    }
}
