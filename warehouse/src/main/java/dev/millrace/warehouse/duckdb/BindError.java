package dev.millrace.warehouse.duckdb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.warehouse.shadow.Binding;
import dev.millrace.warehouse.shadow.Binding.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What DuckDB says of a query that it cannot bind. */
final class BindError {
    private static final Pattern COLUMN = Pattern.compile("(?i)referenced column \"(.*)\" not found"
            + "|does not have a column named \"(.*)\""
            + "|column \"(.*)\" does not exist on (?:left|right) side of join"
            + "|column \"(.*)\" in (?:EXCLUDE|REPLACE|RENAME) list not found"
            + "|referenced table \"(.*)\" not found");
    private static final Pattern CANDIDATES = Pattern.compile("(?m)^Candidate (?:bindings|tables)\\s*: ?:? *(.*)$");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"]|\"\")*)\"");
    private static final Pattern MISSING_TABLE = Pattern.compile("(?i)^table with name \"?(.*?)\"? does not exist");

    private BindError() {}

    /**
     * @param sql the query
     * @param before how many characters, all of them ASCII, were put before it
     */
    static Binding.Refused of(String text, String sql, int before) {
        Optional<JsonNode> json = DuckDbShadow.json(text);
        if (json.isEmpty()) {
            return new Binding.Refused(Reason.ENVIRONMENT, text.strip(), "", List.of(), -1, 0);
        }
        JsonNode error = json.get();
        String message = error.path("exception_message").asText(text).strip();
        Matcher column = COLUMN.matcher(message);
        boolean ofColumn = column.find();
        Reason reason = ofColumn ? Reason.COLUMN : reason(error, message);
        String name = ofColumn ? group(column) : error.path("name").asText("");
        Matcher table = MISSING_TABLE.matcher(message);
        if (reason == Reason.TABLE && name.isEmpty() && table.find()) {
            name = table.group(1);
        }
        int[] place = place(error, sql, before);
        return new Binding.Refused(reason, message, name, candidates(error, message), place[0], place[1]);
    }

    private static String group(Matcher matcher) {
        for (int i = 1; i <= matcher.groupCount(); i++) {
            if (matcher.group(i) != null) {
                return matcher.group(i);
            }
        }
        return "";
    }

    private static Reason reason(JsonNode error, String message) {
        String type = error.path("exception_type").asText("");
        String entry = error.path("type").asText("").toLowerCase(Locale.ROOT);
        return switch (type) {
            case "Parser" -> Reason.SYNTAX;
            case "Catalog" -> missing(entry, message);
            case "Binder" -> message.contains("extension") ? Reason.ENVIRONMENT : Reason.TYPE;
            default -> Reason.ENVIRONMENT;
        };
    }

    private static Reason missing(String entry, String message) {
        if (!message.contains("does not exist") || message.contains("extension")) {
            return Reason.ENVIRONMENT;
        }
        if (entry.equals("table") || MISSING_TABLE.matcher(message).find()) {
            return Reason.TABLE;
        }
        return entry.contains("function") || entry.equals("type") ? Reason.FUNCTION : Reason.ENVIRONMENT;
    }

    private static List<String> candidates(JsonNode error, String message) {
        Matcher listed = CANDIDATES.matcher(message);
        List<String> names = new ArrayList<>();
        if (listed.find()) {
            Matcher name = QUOTED.matcher(listed.group(1));
            while (name.find()) {
                names.add(name.group(1));
            }
        } else if (error.path("error_subtype").asText("").equals("MISSING_ENTRY")) {
            Arrays.stream(error.path("candidates").asText("").split(","))
                    .filter(one -> !one.isBlank())
                    .forEach(names::add);
        }
        return names;
    }

    /** Offset and length in characters; DuckDB counts bytes of UTF-8. */
    private static int[] place(JsonNode error, String sql, int before) {
        int position = error.path("position").asInt(-1) - before;
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        if (position < 0 || position >= bytes.length) {
            return new int[] {-1, 0};
        }
        int offset = new String(bytes, 0, position, StandardCharsets.UTF_8).length();
        Matcher location = Pattern.compile("\\[\\d+,(\\d+)\\]")
                .matcher(error.path("location").asText(""));
        int length = location.matches() ? Integer.parseInt(location.group(1)) : 0;
        boolean within = length > 0 && position + length <= bytes.length;
        return new int[] {offset, within ? new String(bytes, position, length, StandardCharsets.UTF_8).length() : 0};
    }
}
