package dev.millrace.serving.internal.guard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.warehouse.Session;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What DuckDB's parser makes of one statement, and where in the text its parts stand. */
public final class SyntaxTree {
    /** The longest text that is parsed, in characters. */
    static final int MAX_LENGTH = 1_000_000;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern EXPLAIN =
            Pattern.compile("^(?:\\s|--[^\\n]*\\n)*explain(?:\\s+analyze)?(?=\\s)", Pattern.CASE_INSENSITIVE);
    private static final Pattern TERMINATOR = Pattern.compile("[;\\s]+$");
    private static final String ONE_QUERY = "Send one SELECT (or WITH, VALUES, FROM, DESCRIBE, SUMMARIZE, EXPLAIN).";

    private final String sql;
    private final int start;
    private final JsonNode statement;

    private SyntaxTree(String sql, int start, JsonNode statement) {
        this.sql = sql;
        this.start = start;
        this.statement = statement;
    }

    public static SyntaxTree parse(Session session, String text) {
        String sql = TERMINATOR.matcher(text).replaceFirst("");
        if (sql.length() > MAX_LENGTH) {
            throw refused("the query is longer than " + MAX_LENGTH + " characters", null);
        }
        if (sql.indexOf('\0') >= 0) {
            throw refused("the query holds a zero character", null);
        }
        Matcher explain = EXPLAIN.matcher(sql);
        int start = explain.find() ? explain.end() : 0;
        // The explained text keeps its place, so that positions stay true.
        String body = " ".repeat(start) + sql.substring(start);
        JsonNode answer =
                read(session.query("select json_serialize_sql(?)", body).single());
        if (answer.path("error").asBoolean()) {
            throw notParsed(body, answer);
        }
        JsonNode statements = answer.path("statements");
        if (statements.size() != 1) {
            throw refused(
                    statements.isEmpty() ? "there is no statement" : statements.size() + " statements at once", null);
        }
        return new SyntaxTree(sql, start, statements.get(0));
    }

    public String sql() {
        return sql;
    }

    public int parameters() {
        return statement.path("named_param_map").size();
    }

    JsonNode statement() {
        return statement;
    }

    /** A refusal that points at {@code node}. */
    MillraceException refusal(JsonNode node, String message, @Nullable String hint) {
        Position position = null;
        JsonNode location = node.path("query_location");
        if (location.canConvertToInt() && location.asInt() >= start) {
            position = position(sql, location.asInt());
        }
        return new MillraceException(ErrorCode.QUERY_NOT_ALLOWED, message, position, hint, null);
    }

    private static MillraceException notParsed(String sql, JsonNode answer) {
        String message = answer.path("error_message").asText();
        if (!answer.path("error_type").asText().equals("parser")) {
            return refused("only statements that read are allowed", null);
        }
        Position position = answer.has("position")
                ? position(sql, Integer.parseInt(answer.path("position").asText()))
                : null;
        return new MillraceException(ErrorCode.SQL_FAILED, message, position, null, null);
    }

    private static MillraceException refused(String message, @Nullable Position position) {
        return new MillraceException(ErrorCode.QUERY_NOT_ALLOWED, message, position, ONE_QUERY, null);
    }

    /** DuckDB counts bytes, people count characters. */
    private static Position position(String sql, int byteOffset) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        String before = new String(bytes, 0, Math.min(byteOffset, bytes.length), StandardCharsets.UTF_8);
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        int column = before.length() - (before.lastIndexOf('\n') + 1) + 1;
        return new Position("query", line, column);
    }

    private static JsonNode read(@Nullable Object json) {
        try {
            return JSON.readTree(String.valueOf(json));
        } catch (JsonProcessingException e) {
            throw new MillraceException(ErrorCode.INTERNAL, "DuckDB's syntax tree is not JSON", e);
        }
    }
}
