package dev.millrace.transform.internal.run;

import dev.millrace.core.Position;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.RelationName;
import dev.millrace.transform.internal.adapter.Connection;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.warehouse.Warehouse;
import dev.millrace.warehouse.model.Model;
import dev.millrace.warehouse.model.StreamInput;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A model of the project for those who build it in a way of their own. Thread-safe. */
final class ExternalModel implements Model {
    private final RunEnvironment runtime;
    private final Resource resource;
    private final Map<String, Object> config = new LinkedHashMap<>();

    ExternalModel(RunEnvironment runtime, Resource resource) {
        this.runtime = runtime;
        this.resource = resource;
        resource.config().values().forEach((key, value) -> {
            if (value != null) {
                config.put(key, value);
            }
        });
    }

    @Override
    public NodeId id() {
        return resource.id();
    }

    @Override
    public RelationName relation() {
        return resource.relation();
    }

    @Override
    public Position position() {
        return resource.identity().position();
    }

    @Override
    public Position positionOf(String key) {
        List<String> lines = source().lines().toList();
        Pattern assignment = Pattern.compile("\\b" + Pattern.quote(key) + "\\s*=");
        for (int i = 0; i < lines.size(); i++) {
            Matcher found = assignment.matcher(lines.get(i));
            if (found.find()) {
                return new Position(position().file(), i + 1, found.start() + 1);
            }
        }
        return position();
    }

    @Override
    public Position locate(String sql, int offset) {
        int at = Math.min(offset, sql.length());
        int start = sql.lastIndexOf('\n', at - 1) + 1;
        int end = sql.indexOf('\n', at);
        String line = sql.substring(start, end < 0 ? sql.length() : end).strip();
        List<String> lines = source().lines().toList();
        int found = -1;
        for (int i = 0; i < lines.size(); i++) {
            if (!line.isEmpty() && lines.get(i).contains(line)) {
                if (found >= 0) {
                    return position();
                }
                found = i;
            }
        }
        if (found < 0) {
            return position();
        }
        int column = lines.get(found).indexOf(line) + Math.max(0, at - start - leading(sql, start));
        return new Position(position().file(), found + 1, column + 1);
    }

    private static int leading(String sql, int start) {
        int at = start;
        while (at < sql.length() && Character.isWhitespace(sql.charAt(at))) {
            at++;
        }
        return at - start;
    }

    private String source() {
        return resource.template() == null ? "" : resource.template().source();
    }

    @Override
    public Map<String, Object> config() {
        return java.util.Collections.unmodifiableMap(config);
    }

    @Override
    public String checksum() {
        return resource.checksum();
    }

    @Override
    public boolean fullRefresh() {
        return resource.config()
                .bool("full_refresh", runtime.project().project().invocation().fullRefresh());
    }

    @Override
    public Path projectFolder() {
        return runtime.project().project().invocation().projectDir();
    }

    @Override
    public Warehouse warehouse() {
        return runtime.warehouse();
    }

    @Override
    public String sql(Function<StreamInput, String> inputs) {
        try (Connection connection = new Connection(() -> runtime.warehouse().open(), text -> {})) {
            Execution execution =
                    new Execution(runtime, resource, connection, runtime.relations(""), (level, message) -> {}, true);
            execution.inputsFrom(inputs);
            return new SqlCompiler(runtime).compile(execution, resource).sql();
        }
    }
}
