package dev.millrace.server.internal.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts SQL with templates in it into parts to be coloured. It only has to look right: nothing is parsed. */
public final class Sql {
    private static final Set<String> KEYWORDS = Set.of(
            "all",
            "and",
            "any",
            "as",
            "asc",
            "between",
            "by",
            "case",
            "cast",
            "create",
            "cross",
            "current",
            "date",
            "delete",
            "desc",
            "distinct",
            "else",
            "end",
            "except",
            "exists",
            "explain",
            "false",
            "filter",
            "following",
            "from",
            "full",
            "group",
            "having",
            "ilike",
            "in",
            "inner",
            "insert",
            "intersect",
            "interval",
            "into",
            "is",
            "join",
            "lateral",
            "left",
            "like",
            "limit",
            "not",
            "null",
            "offset",
            "on",
            "or",
            "order",
            "outer",
            "over",
            "partition",
            "preceding",
            "qualify",
            "range",
            "recursive",
            "right",
            "row",
            "rows",
            "select",
            "set",
            "table",
            "then",
            "true",
            "unbounded",
            "union",
            "unnest",
            "update",
            "using",
            "values",
            "view",
            "when",
            "where",
            "window",
            "with",
            "within");

    private static final Pattern PARTS = Pattern.compile(
            "(?<comment>\\{#.*?#\\}|--[^\\n]*|/\\*.*?\\*/)"
                    + "|(?<template>\\{\\{.*?\\}\\}|\\{%.*?%\\})"
                    + "|(?<text>'(?:[^']|'')*')"
                    + "|(?<quoted>\"(?:[^\"]|\"\")*\")"
                    + "|(?<number>\\b\\d+(?:\\.\\d+)?\\b)"
                    + "|(?<word>[A-Za-z_][A-Za-z0-9_]*)",
            Pattern.DOTALL);

    private Sql() {}

    /**
     * A part of the text.
     *
     * @param style class of its colour; empty for plain text
     */
    public record Part(String style, String text) {}

    /** The parts in order; together they are {@code code}. */
    public static List<Part> parts(String code) {
        List<Part> parts = new ArrayList<>();
        Matcher matcher = PARTS.matcher(code);
        int end = 0;
        while (matcher.find()) {
            String style = style(matcher, code);
            if (style.isEmpty()) {
                continue;
            }
            if (matcher.start() > end) {
                parts.add(new Part("", code.substring(end, matcher.start())));
            }
            parts.add(new Part(style, matcher.group()));
            end = matcher.end();
        }
        if (end < code.length()) {
            parts.add(new Part("", code.substring(end)));
        }
        return parts;
    }

    private static String style(Matcher matcher, String code) {
        for (String group : List.of("comment", "template", "text", "number")) {
            if (matcher.group(group) != null) {
                return group;
            }
        }
        if (matcher.group("word") == null) {
            return "";
        }
        if (KEYWORDS.contains(matcher.group().toLowerCase(Locale.ROOT))) {
            return "keyword";
        }
        return matcher.end() < code.length() && code.charAt(matcher.end()) == '(' ? "function" : "";
    }
}
