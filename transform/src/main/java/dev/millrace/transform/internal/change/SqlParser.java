package dev.millrace.transform.internal.change;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * DuckDB's own parser, in a database in memory that knows no tables. A query becomes a tree in which white space,
 * comments, places in the text and the case of names no longer show. Not thread-safe.
 */
final class SqlParser implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> NAMES = Set.of("column_names", "function_name", "table_name", "alias", "key");

    private final Connection connection;
    private final Set<String> scalars = new HashSet<>();

    SqlParser() {
        try {
            connection = DriverManager.getConnection("jdbc:duckdb:");
            readScalars();
        } catch (SQLException e) {
            throw new MillraceException(ErrorCode.WAREHOUSE_FAILED, "DuckDB's parser does not start", e);
        }
    }

    private void readScalars() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select function_name from duckdb_functions()"
                        + " group by all having bool_and(function_type = 'scalar')")) {
            while (rows.next()) {
                scalars.add(rows.getString(1).toLowerCase(Locale.ROOT));
            }
        }
        // It makes rows, whatever the catalogue calls it.
        scalars.remove("unnest");
    }

    /** Whether a call of the function gives one value for each row, and nothing else does under its name. */
    boolean isScalar(String function) {
        return scalars.contains(function.toLowerCase(Locale.ROOT));
    }

    /**
     * The query's tree; empty for what DuckDB does not parse, or what is no single query.
     *
     * @param relations names of relations, as {@link #key} writes them, and what stands for each in the tree
     */
    Optional<JsonNode> parse(String sql, Map<String, String> relations) {
        try (PreparedStatement statement =
                connection.prepareStatement("select json_serialize_sql(?::varchar)::varchar")) {
            statement.setString(1, sql);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                JsonNode answer = JSON.readTree(rows.getString(1));
                JsonNode statements = answer.path("statements");
                return answer.path("error").asBoolean() || statements.size() != 1
                        ? Optional.empty()
                        : Optional.of(normal(statements.get(0).path("node"), relations));
            }
        } catch (SQLException | JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** A relation's name as trees write it. */
    static String key(String database, String schema, String identifier) {
        return (database + "." + schema + "." + identifier).toLowerCase(Locale.ROOT);
    }

    private static JsonNode normal(JsonNode node, Map<String, String> relations) {
        if (node instanceof ObjectNode object) {
            ObjectNode result = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(field -> {
                String name = field.getKey();
                if (name.startsWith("query_location") || name.equals("qualified_name")) {
                    return;
                }
                boolean folded = NAMES.contains(name);
                result.set(name, folded ? lower(field.getValue()) : normal(field.getValue(), relations));
            });
            if (object.path("type").asText().equals("BASE_TABLE")) {
                nameRelation(result, relations);
            }
            return result;
        } else if (node instanceof ArrayNode array) {
            ArrayNode result = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> result.add(normal(item, relations)));
            return result;
        }
        return node;
    }

    private static void nameRelation(ObjectNode table, Map<String, String> relations) {
        String known = relations.get(key(
                table.path("catalog_name").asText(),
                table.path("schema_name").asText(),
                table.path("table_name").asText()));
        if (known != null) {
            table.put("catalog_name", "");
            table.put("schema_name", "node");
            // Without an alias, columns may be told apart by the table's own name.
            if (table.path("alias").asText().isEmpty()) {
                table.set("alias", table.path("table_name"));
            }
            table.put("table_name", known);
        }
    }

    private static JsonNode lower(JsonNode value) {
        if (value.isTextual()) {
            return TextNode.valueOf(value.asText().toLowerCase(Locale.ROOT));
        } else if (value instanceof ArrayNode array) {
            ArrayNode result = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> result.add(lower(item)));
            return result;
        }
        return value;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new MillraceException(ErrorCode.WAREHOUSE_FAILED, "DuckDB's parser does not end", e);
        }
    }
}
