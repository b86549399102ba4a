package dev.millrace.transform.internal.run;

import dev.millrace.core.graph.Ended;
import dev.millrace.jinja.Functions;
import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.None;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.Values;
import dev.millrace.transform.internal.relation.PythonTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One of the {@code results} that on-run-end sees (docs.getdbt.com/reference/dbt-classes#result-objects). Owned by one
 * thread.
 */
final class EndedObject implements JinjaObject {
    private final Ended ended;
    private final PyDict values = new PyDict();

    /** @param node as templates see it */
    EndedObject(Ended ended, PyDict node) {
        this.ended = ended;
        values.put("status", ended.status().key());
        values.put("timing", new PyList());
        values.put("thread_id", ended.thread());
        values.put(
                "execution_time",
                Duration.between(ended.started(), ended.finished()).toNanos() / 1e9);
        values.put("adapter_response", Values.fromJava(ended.details().getOrDefault("adapter_response", Map.of())));
        values.put("message", ended.message().isEmpty() ? None.NONE : ended.message());
        values.put(
                "failures",
                ended.failures().isPresent() ? (Object) ended.failures().getAsLong() : None.NONE);
        values.put("node", node);
    }

    @Override
    public Object attribute(String name) {
        if (name.equals("to_dict")) {
            return Functions.of(name, "*args, **kwargs", a -> {
                PyDict dict = new PyDict(values);
                dict.put("timing", timing(false));
                return dict;
            });
        }
        if (name.equals("timing")) {
            return timing(true);
        }
        Object value = values.get(name);
        return value == null ? missing(name) : value;
    }

    /** @param asTimes whether moments are times and not texts */
    private PyList timing(boolean asTimes) {
        PyList all = new PyList();
        if (ended.details().get("timing") instanceof List<?> phases) {
            for (Object phase : phases) {
                if (phase instanceof Map<?, ?> written) {
                    PyDict one = new PyDict();
                    written.forEach((key, value) -> one.put(
                            String.valueOf(key),
                            asTimes && !"name".equals(key)
                                    ? PythonTime.of(Instant.parse(String.valueOf(value)))
                                    : Values.fromJava(value)));
                    all.add(one);
                }
            }
        }
        return all;
    }

    @Override
    public String typeName() {
        return "RunResult";
    }
}
