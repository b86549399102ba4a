package dev.millrace.transform.internal.parse;

import dev.millrace.transform.internal.context.MacroWatch;
import dev.millrace.transform.internal.resource.Dependencies;
import dev.millrace.transform.internal.resource.RefArgs;
import dev.millrace.transform.internal.resource.SourceArgs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What rendering a template at parse time showed: what it reads and how it configures itself. Not thread-safe. */
final class Capture {
    private final List<RefArgs> refs = new ArrayList<>();
    private final Map<String, SourceArgs> sources = new LinkedHashMap<>();
    private final List<Map<String, @Nullable Object>> configs = new ArrayList<>();
    private final MacroWatch macros = new MacroWatch();
    private final UnknownNames unknown = new UnknownNames();

    void add(RefArgs ref) {
        refs.add(ref);
    }

    void add(SourceArgs source) {
        sources.putIfAbsent(source.toString(), source);
    }

    void add(Map<String, @Nullable Object> config) {
        configs.add(config);
    }

    List<Map<String, @Nullable Object>> configs() {
        return configs;
    }

    MacroWatch macros() {
        return macros;
    }

    UnknownNames unknown() {
        return unknown;
    }

    Dependencies dependencies() {
        return new Dependencies(refs, List.copyOf(sources.values()), List.of(), List.copyOf(macros.called()));
    }
}
