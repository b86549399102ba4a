package dev.millrace.serving.internal.guard;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The names of common table expressions that can be seen from a place of a query. Immutable. */
record Scope(Set<String> names) {
    static final Scope EMPTY = new Scope(Set.of());

    Scope with(String name) {
        Set<String> more = new HashSet<>(names);
        more.add(name.toLowerCase(Locale.ROOT));
        return new Scope(Set.copyOf(more));
    }

    boolean has(String name) {
        return names.contains(name.toLowerCase(Locale.ROOT));
    }
}
