package dev.millrace.transform.internal.cache;

import dev.millrace.core.Position;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.RelationName;
import dev.millrace.jinja.Template;
import dev.millrace.transform.internal.macro.DbtJinja;
import dev.millrace.transform.internal.project.DbtPackage;
import dev.millrace.transform.internal.resource.ColumnInfo;
import dev.millrace.transform.internal.resource.Config;
import dev.millrace.transform.internal.resource.Dependencies;
import dev.millrace.transform.internal.resource.Identity;
import dev.millrace.transform.internal.resource.Properties;
import dev.millrace.transform.internal.resource.RefArgs;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.resource.SourceArgs;
import dev.millrace.transform.internal.resource.SourceTable;
import dev.millrace.transform.internal.resource.TestInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ResourceWriter} wrote. Columns and templates are made when they are first asked for. */
final class ResourceReader {
    private final CacheReader in;
    private final Map<String, DbtPackage> packages;

    ResourceReader(CacheReader in, Map<String, DbtPackage> packages) {
        this.in = in;
        this.packages = packages;
    }

    Resource resource() {
        return new Resource(
                identity(),
                properties(),
                config(),
                dependencies(),
                relation(),
                in.text(),
                in.text(),
                in.bool() ? template() : null,
                in.bool() ? test() : null);
    }

    private Template template() {
        String name = in.text();
        // A template drops one line end, as it did when it was read from its file.
        return DbtJinja.ENVIRONMENT.compileLater(in.text() + "\n", name);
    }

    private TestInfo test() {
        return new TestInfo(
                in.textOrNull(), in.text(), in.map(), in.textOrNull(), in.bool() ? id() : null, in.text(), in.text());
    }

    SourceTable source() {
        return new SourceTable(
                identity(),
                in.text(),
                in.text(),
                properties(),
                config(),
                relation(),
                quoting(),
                in.map(),
                in.texts(),
                in.map(),
                in.map());
    }

    private Map<String, Boolean> quoting() {
        Map<String, Boolean> quoting = new LinkedHashMap<>();
        in.map().forEach((key, value) -> quoting.put(key, Boolean.TRUE.equals(value)));
        return quoting;
    }

    Identity identity() {
        NodeId id = id();
        DbtPackage owner = Objects.requireNonNull(packages.get(in.text()), "the package of " + id);
        return new Identity(id, owner, in.text(), in.text(), in.text(), in.text(), in.texts(), position());
    }

    NodeId id() {
        return in.shared("id", () -> new NodeId(NodeKind.valueOf(in.text()), in.text(), in.text()));
    }

    Position position() {
        return new Position(in.text(), in.number(), in.number());
    }

    private RelationName relation() {
        return new RelationName(in.text(), in.text(), in.text(), in.text());
    }

    Config config() {
        return in.shared("config", () -> new Config(in.map()));
    }

    Dependencies dependencies() {
        return new Dependencies(in.list(this::ref), in.list(this::sourceCall), in.list(this::id), in.texts());
    }

    private RefArgs ref() {
        return new RefArgs(in.textOrNull(), in.text(), in.value(), position());
    }

    SourceArgs sourceCall() {
        return new SourceArgs(in.text(), in.text(), position());
    }

    private Properties properties() {
        String description = in.text();
        String patchPath = in.textOrNull();
        Map<String, @Nullable Object> extra = in.map();
        int columns = in.skip();
        return new Properties(description, new LaterMap<>(() -> columns(in.at(columns))), patchPath, extra);
    }

    private static Map<String, ColumnInfo> columns(CacheReader in) {
        Map<String, ColumnInfo> columns = new LinkedHashMap<>();
        in.list(() -> column(in)).forEach(column -> columns.put(column.name(), column));
        return columns;
    }

    /** Tests of a column are resources of their own by now. */
    private static ColumnInfo column(CacheReader in) {
        return new ColumnInfo(
                in.text(),
                in.text(),
                in.map(),
                in.textOrNull(),
                (Boolean) in.value(),
                in.texts(),
                constraints(in.value()),
                List.of());
    }

    @SuppressWarnings("unchecked") // It was a list when it was written.
    private static List<@Nullable Object> constraints(@Nullable Object value) {
        return (List<@Nullable Object>) Objects.requireNonNull(value);
    }
}
