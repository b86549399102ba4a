package dev.millrace.sql.internal;

import static dev.millrace.sql.internal.Json.is;
import static dev.millrace.sql.internal.Json.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** The columns that {@code *} and {@code COLUMNS(…)} stand for. */
final class Stars {
    private final Expressions expressions;

    Stars(Expressions expressions) {
        this.expressions = expressions;
    }

    /** The star in an expression that is to be repeated for each of its columns; null if there is none. */
    static @Nullable JsonNode repeated(JsonNode expression) {
        if (is(expression, "STAR") && expression.path("columns").asBoolean()) {
            return expression;
        }
        boolean unpacked = text(expression, "type").equals("OPERATOR_UNPACK");
        if (unpacked || is(expression, "SUBQUERY")) {
            return null;
        }
        for (JsonNode child : expression) {
            JsonNode found = child.isContainerNode() ? repeated(child) : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Whether {@link #fields} gives all there are. */
    boolean complete(JsonNode star, Scope scope) {
        String table = text(star, "relation_name");
        List<Relation> relations = scope.source().relations();
        if (table.isEmpty()) {
            return scope.source().complete() && isFollowed(star);
        }
        return isFollowed(star)
                && relations.stream().anyMatch(relation -> relation.isNamed(List.of(table)))
                && relations.stream()
                        .filter(relation -> relation.isNamed(List.of(table)))
                        .findFirst()
                        .filter(Relation::complete)
                        .isPresent();
    }

    private static boolean isFollowed(JsonNode star) {
        JsonNode pattern = star.path("expr");
        return pattern.isMissingNode() || chosen(pattern) != null;
    }

    List<Field> fields(JsonNode star, Scope scope, Ctes ctes) {
        Set<String> excluded = new HashSet<>();
        star.path("exclude_list")
                .forEach(name -> excluded.add(
                        (name.isTextual() ? name.asText() : text(name, "column")).toLowerCase(Locale.ROOT)));
        Map<String, JsonNode> replaced = new HashMap<>();
        star.path("replace_list")
                .forEach(entry -> replaced.put(text(entry, "key").toLowerCase(Locale.ROOT), entry.path("value")));
        Map<String, String> renamed = new HashMap<>();
        star.path("rename_list")
                .forEach(entry -> renamed.put(
                        (entry.path("key").isTextual() ? text(entry, "key") : text(entry.path("key"), "column"))
                                .toLowerCase(Locale.ROOT),
                        text(entry, "value")));
        Predicate<String> wanted = star.path("expr").isMissingNode() ? name -> true : orNone(chosen(star.path("expr")));
        List<Field> fields = new ArrayList<>();
        for (Field field : candidates(star, scope)) {
            String key = field.name().toLowerCase(Locale.ROOT);
            if (excluded.contains(key) || !wanted.test(field.name())) {
                continue;
            }
            JsonNode replacement = replaced.get(key);
            Value value = replacement == null ? field.value() : expressions.value(replacement, scope, ctes);
            fields.add(new Field(renamed.getOrDefault(key, field.name()), value));
        }
        return fields;
    }

    private static Predicate<String> orNone(@Nullable Predicate<String> predicate) {
        return predicate == null ? name -> false : predicate;
    }

    private static List<Field> candidates(JsonNode star, Scope scope) {
        Set<String> qualified = new HashSet<>();
        star.path("qualified_exclude_list")
                .forEach(name ->
                        qualified.add((text(name, "table") + "." + text(name, "column")).toLowerCase(Locale.ROOT)));
        String table = text(star, "relation_name");
        if (table.isEmpty() && qualified.isEmpty()) {
            return scope.source().star();
        }
        List<Field> fields = new ArrayList<>();
        for (Relation relation : scope.source().relations()) {
            if (table.isEmpty() || relation.isNamed(List.of(table))) {
                String name = relation.path().isEmpty()
                        ? ""
                        : relation.path().get(relation.path().size() - 1);
                relation.fields().stream()
                        .filter(field -> !qualified.contains((name + "." + field.name()).toLowerCase(Locale.ROOT))
                                && !qualified.contains(("." + field.name()).toLowerCase(Locale.ROOT)))
                        .forEach(fields::add);
                if (!table.isEmpty()) {
                    break;
                }
            }
        }
        return fields;
    }

    /** Which names the argument of COLUMNS means; null if that cannot be told here. */
    private static @Nullable Predicate<String> chosen(JsonNode argument) {
        if (is(argument, "CONSTANT") && text(argument.path("literal"), "kind").equals("STRING")) {
            return matching(text(argument.path("literal"), "text"), false);
        }
        if (text(argument, "function_name").equals("list_value")) {
            Set<String> names = new HashSet<>();
            for (JsonNode item : argument.path("arguments")) {
                JsonNode literal = item.path("expression").path("literal");
                if (literal.isMissingNode()) {
                    return null;
                }
                names.add(text(literal, "text").toLowerCase(Locale.ROOT));
            }
            return name -> names.contains(name.toLowerCase(Locale.ROOT));
        }
        return null;
    }

    /** {@code * LIKE 'pattern'}; null if the expression is something else. */
    static @Nullable Predicate<String> like(JsonNode expression) {
        String function = text(expression, "function_name");
        JsonNode arguments = expression.path("arguments");
        boolean star = arguments.size() == 2
                && is(arguments.get(0).path("expression"), "STAR")
                && !arguments.get(0).path("expression").path("columns").asBoolean();
        if (!star || !(function.equals("~~") || function.equals("!~~"))) {
            return null;
        }
        String like = text(arguments.get(1).path("expression").path("literal"), "text");
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < like.length(); i++) {
            char c = like.charAt(i);
            regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
        }
        Predicate<String> matches = matching(regex.toString(), true);
        return matches == null ? null : function.equals("~~") ? matches : matches.negate();
    }

    private static @Nullable Predicate<String> matching(String regex, boolean whole) {
        try {
            Pattern pattern = Pattern.compile(regex);
            return name -> whole
                    ? pattern.matcher(name).matches()
                    : pattern.matcher(name).find();
        } catch (PatternSyntaxException e) {
            return null;
        }
    }
}
