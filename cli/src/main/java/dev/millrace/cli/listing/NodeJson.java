package dev.millrace.cli.listing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.RelationName;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A node as one line of JSON with the fields of dbt's {@code ls --output json}. */
public final class NodeJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final List<String> DEFAULT = List.of(
            "name",
            "resource_type",
            "package_name",
            "original_file_path",
            "unique_id",
            "source_name",
            "alias",
            "config",
            "tags",
            "depends_on");
    private static final Map<String, Function<Node, @Nullable Object>> FIELDS = new LinkedHashMap<>();

    static {
        FIELDS.put("name", Node::name);
        FIELDS.put("resource_type", node -> node.kind().key());
        FIELDS.put("package_name", node -> node.id().project());
        FIELDS.put("original_file_path", Node::path);
        FIELDS.put("unique_id", node -> node.id().toString());
        FIELDS.put("source_name", node -> node.attributes().get("source_name"));
        FIELDS.put(
                "alias", node -> node.relation().map(RelationName::identifier).orElse(null));
        FIELDS.put(
                "database", node -> node.relation().map(RelationName::database).orElse(null));
        FIELDS.put("schema", node -> node.relation().map(RelationName::schema).orElse(null));
        FIELDS.put("config", Node::config);
        FIELDS.put("tags", node -> List.copyOf(node.tags()));
        FIELDS.put("fqn", Node::fqn);
        FIELDS.put("description", Node::description);
        FIELDS.put(
                "depends_on",
                node -> Map.of(
                        "nodes", node.inputs().stream().map(NodeId::toString).toList()));
    }

    private final List<String> keys;

    /** @param keys the fields to write; empty for dbt's own choice */
    public NodeJson(List<String> keys) {
        for (String key : keys) {
            if (!FIELDS.containsKey(key)) {
                throw new MillraceException(
                        ErrorCode.USAGE,
                        "--output-keys '" + key + "' is unknown",
                        null,
                        Suggestion.hint(key, FIELDS.keySet()),
                        null);
            }
        }
        this.keys = keys.isEmpty() ? DEFAULT : List.copyOf(keys);
    }

    /** The node's line, without its end. */
    public String line(Node node) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            for (String key : keys) {
                Object value = field(key).apply(node);
                if (value != null) {
                    json.writeFieldName(key);
                    JsonValues.write(json, value);
                }
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static Function<Node, @Nullable Object> field(String key) {
        Function<Node, @Nullable Object> field = FIELDS.get(key);
        if (field == null) {
            throw new IllegalArgumentException(key);
        }
        return field;
    }
}
