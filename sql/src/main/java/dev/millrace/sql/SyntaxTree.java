package dev.millrace.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/**
 * One query as DuckDB's parser sees it (duckdb.org/docs/stable/data/json/sql_to_and_from_json). Immutable by agreement:
 * whoever reads the tree does not change it.
 *
 * @param query the query node: {@code SELECT_NODE}, {@code SET_OPERATION_NODE} …
 */
public record SyntaxTree(JsonNode query) {
    /** The statement that gives the JSON of a query, its only parameter; it needs DuckDB's extension json. */
    public static final String SERIALIZE =
            "select json_serialize_sql(?::varchar, skip_empty := true, skip_null := true, skip_default := true)";

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads what {@link #SERIALIZE} answered.
     *
     * @return the tree; empty if the text is not exactly one query that DuckDB can write as JSON, such as a PIVOT whose
     *     columns depend on the data
     */
    public static Optional<SyntaxTree> ofJson(String json) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not the JSON of a query: " + json, e);
        }
        JsonNode statements = root.path("statements");
        if (root.path("error").asBoolean() || statements.size() != 1) {
            return Optional.empty();
        }
        return Optional.of(new SyntaxTree(statements.get(0).path("node")));
    }
}
