package dev.millrace.transform.internal.run;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.transform.internal.resource.SourceTable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The file that a source's table is, as dbt-duckdb has it in {@code external_location} of its meta or configuration.
 */
final class ExternalLocation {
    private static final Pattern BRACES = Pattern.compile("\\{(\\w+)}");
    private static final Pattern PERCENT = Pattern.compile("%\\((\\w+)\\)s");
    private static final Pattern DOLLAR = Pattern.compile("\\$(?:\\{(\\w+)}|(\\w+))");

    /** What the configuration does not stand in for. */
    private static final Set<String> OWN = Set.of("name", "identifier", "schema", "database");

    private ExternalLocation() {}

    /** What stands after {@code from}: a text of a path, or a call of a table function. */
    static Optional<String> of(SourceTable table) {
        Map<String, @Nullable Object> known = values(table);
        Object template = known.get("external_location");
        if (template == null) {
            return Optional.empty();
        }
        String location = filled(String.valueOf(template), known, table);
        boolean expression = location.contains("(") || location.startsWith("'");
        return Optional.of(expression ? location : "'" + location.replace("'", "''") + "'");
    }

    private static Map<String, @Nullable Object> values(SourceTable table) {
        Map<String, @Nullable Object> known = new LinkedHashMap<>();
        known.put("name", table.identity().name());
        known.put("identifier", table.relation().identifier());
        known.put("schema", table.relation().schema());
        known.put("database", table.relation().database());
        known.putAll(table.sourceMeta());
        known.putAll(table.meta());
        table.config().values().forEach((key, value) -> {
            if ((value instanceof String || value instanceof Number) && !OWN.contains(key)) {
                known.put(key, value);
            }
        });
        return known;
    }

    private static String filled(String template, Map<String, @Nullable Object> known, SourceTable table) {
        String formatter = String.valueOf(known.getOrDefault("formatter", "newstyle"));
        Pattern pattern = switch (formatter) {
            case "newstyle" -> BRACES;
            case "oldstyle" -> PERCENT;
            case "template" -> DOLLAR;
            default ->
                throw new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        "the formatter '" + formatter + "' of "
                                + table.identity().id() + " is unknown",
                        table.identity().position(),
                        "One of newstyle, oldstyle and template.",
                        null);
        };
        return pattern.matcher(template).replaceAll(match -> {
            String key = match.group(1) != null ? match.group(1) : match.group(2);
            Object value = known.get(key);
            if (value == null) {
                throw new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        "the external_location of " + table.identity().id() + " names '" + key
                                + "', of which nothing is known",
                        table.identity().position(),
                        "Known are " + String.join(", ", known.keySet()) + ".",
                        null);
            }
            return Matcher.quoteReplacement(String.valueOf(value));
        });
    }
}
