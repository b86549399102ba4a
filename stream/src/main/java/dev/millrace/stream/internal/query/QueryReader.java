package dev.millrace.stream.internal.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.warehouse.model.Model;
import dev.millrace.warehouse.model.StreamInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a streaming model's SQL: which stream it reads, and how its table can be kept up to date. */
public final class QueryReader {
    private static final String STAND_IN = "__millrace_stream";

    private QueryReader() {}

    /** What was found. */
    public record Read(StreamInput input, QueryShape shape) {}

    /**
     * Compiles the model and looks at it; runs nothing.
     *
     * @throws MillraceException STREAM_QUERY_UNSUPPORTED, or SQL_FAILED if it is no SQL, at its place in the file
     */
    public static Read read(Model model) {
        List<StreamInput> inputs = new ArrayList<>();
        String sql = model.sql(input -> {
            inputs.add(input);
            return STAND_IN;
        });
        if (inputs.size() != 1) {
            throw new MillraceException(
                    ErrorCode.STREAM_QUERY_UNSUPPORTED,
                    inputs.isEmpty()
                            ? "a streaming model reads a stream"
                            : "a streaming model reads one stream, not " + inputs.size(),
                    model.positionOf("materialized"),
                    "Write from {{ tumble(relation, 'time_column', '5 minutes') }}, hop(…), or {{ stream(relation) }} for its rows as they are.",
                    null);
        }
        StreamInput input = inputs.get(0);
        if (input.relation() == null) {
            throw new MillraceException(
                    ErrorCode.STREAM_QUERY_UNSUPPORTED,
                    input.sql() + " is not a table, so its new rows cannot be told",
                    model.position(),
                    "Read a table as a stream: a source, a seed, or a model that is materialized as a table.",
                    null);
        }
        JsonNode tree = SqlParser.instance().parse(sql);
        if (tree.path("error").asBoolean()) {
            int offset = tree.path("position").asInt(0);
            throw new MillraceException(
                    ErrorCode.SQL_FAILED, Tree.text(tree, "error_message"), model.locate(sql, offset), null, null);
        }
        try {
            return new Read(input, shape(tree.path("statements").path(0).path("node"), input));
        } catch (Unsupported e) {
            throw new MillraceException(
                    ErrorCode.STREAM_QUERY_UNSUPPORTED, e.text(), model.locate(sql, e.offset()), e.hint(), null);
        }
    }

    private static QueryShape shape(JsonNode node, StreamInput input) {
        Map<String, Grain> names = Map.of(STAND_IN, Grain.ROWS);
        return switch (Classifier.query(node, names)) {
            case STATIC ->
                throw new Unsupported("the query does not read its stream", "Read it in the from clause.", node);
            case ROWS -> new QueryShape.Append();
            case WINDOWS -> {
                requireWindowStart(node);
                if (input instanceof StreamInput.Rows) {
                    throw new Unsupported(
                            "groups need windows",
                            "Read the stream by tumble(…) or hop(…) instead of stream(…).",
                            node);
                }
                boolean overRows =
                        Classifier.from(node.path("from_table"), Classifier.withCtes(node, names)) == Grain.ROWS;
                yield new QueryShape.Windowed(overRows && Groups.grouped(node) ? Groups.merge(node) : Optional.empty());
            }
        };
    }

    private static void requireWindowStart(JsonNode node) {
        for (JsonNode item : node.path("select_list")) {
            if (Tree.text(item, "class").equals("STAR")
                    || (Tree.isWindowStart(item) && Tree.name(item).equals(Tree.WINDOW_START))) {
                return;
            }
        }
        throw new Unsupported(
                "a streaming model must select window_start, under that name",
                "Add window_start to the select list.",
                node.path("select_list"));
    }
}
