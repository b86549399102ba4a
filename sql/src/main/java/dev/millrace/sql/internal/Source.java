package dev.millrace.sql.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A FROM clause: its relations in order, and the columns that joins with USING have made one. */
final class Source {
    private final List<Relation> relations = new ArrayList<>();
    private final Map<String, Value> merged = new HashMap<>();
    private final Set<String> parts = new HashSet<>();
    private Value conditions = Value.NONE;

    static Source of(Relation relation) {
        Source source = new Source();
        source.relations.add(relation);
        return source;
    }

    List<Relation> relations() {
        return relations;
    }

    Value conditions() {
        return conditions;
    }

    void condition(Value value) {
        conditions = conditions.plus(value.indirect());
    }

    boolean complete() {
        return relations.stream().allMatch(Relation::complete);
    }

    /** Adds the relations of {@code right} to these. */
    void join(Source right) {
        int shift = relations.size();
        relations.addAll(right.relations);
        right.merged.forEach(merged::putIfAbsent);
        right.parts.forEach(part -> {
            int dot = part.indexOf('.');
            parts.add(part(Integer.parseInt(part.substring(0, dot)) + shift, part.substring(dot + 1)));
        });
        conditions = conditions.plus(right.conditions);
    }

    /**
     * Makes one column of those called {@code name} on both sides.
     *
     * @param split how many relations are on the left side
     */
    void merge(String name, int split, Value value) {
        String key = name.toLowerCase(Locale.ROOT);
        merged.put(key, value);
        mark(key, 0, split);
        mark(key, split, relations.size());
    }

    /** The column is part of a join's on one side: the merged one if there is one, else the only one of its name. */
    private void mark(String key, int from, int to) {
        for (int i = from; i < to; i++) {
            if (parts.contains(part(i, key))) {
                return;
            }
        }
        for (int i = from; i < to; i++) {
            if (relations.get(i).field(key) != null) {
                parts.add(part(i, key));
                return;
            }
        }
    }

    private static String part(int relation, String name) {
        return relation + "." + name.toLowerCase(Locale.ROOT);
    }

    /** The column that an unqualified name means; null if no relation is known to have it. */
    @Nullable
    Value find(String name) {
        Value joined = merged.get(name.toLowerCase(Locale.ROOT));
        if (joined != null) {
            return joined;
        }
        for (Relation relation : relations) {
            Value value = relation.field(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** The columns of a star over everything. */
    List<Field> star() {
        List<Field> all = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < relations.size(); i++) {
            for (Field field : relations.get(i).fields()) {
                String key = field.name().toLowerCase(Locale.ROOT);
                Value joined = merged.get(key);
                if (joined == null || !parts.contains(part(i, key))) {
                    all.add(field);
                } else if (seen.add(key)) {
                    all.add(new Field(field.name(), joined));
                }
            }
        }
        return all;
    }

    /** The names of all columns, in lower case. */
    Set<String> names() {
        Set<String> names = new HashSet<>();
        relations.forEach(relation ->
                relation.fields().forEach(field -> names.add(field.name().toLowerCase(Locale.ROOT))));
        return names;
    }
}
