package dev.millrace.serving.internal.guard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * The functions a query may call, in lower case. The list in {@code functions.txt} was read through name by name:
 * everything DuckDB has built in but what reaches settings, sequences, files, serialized plans or raw states, waits, or
 * writes. A function that a later DuckDB adds is refused until it stands there.
 */
public final class Functions {
    public static final Functions BUILT_IN = new Functions(read());

    private static final Set<String> TABLE_FUNCTIONS =
            Set.of("generate_series", "range", "unnest", "repeat", "repeat_row", "json_each", "json_tree");

    private final Set<String> names;

    private Functions(Set<String> names) {
        this.names = Set.copyOf(names);
    }

    /** These and {@code more}. */
    public Functions and(Set<String> more) {
        Set<String> all = new HashSet<>(names);
        more.forEach(name -> all.add(name.toLowerCase(Locale.ROOT)));
        return new Functions(all);
    }

    boolean allows(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return names.contains(lower) || lower.startsWith("collate_") || lower.startsWith("icu_collate_");
    }

    boolean allowsTable(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return TABLE_FUNCTIONS.contains(lower) || (lower.startsWith("pg_") && names.contains(lower));
    }

    Set<String> names() {
        return names;
    }

    static Set<String> tableFunctions() {
        return TABLE_FUNCTIONS;
    }

    private static Set<String> read() {
        try (InputStream in = Objects.requireNonNull(Functions.class.getResourceAsStream("functions.txt"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Set<String> names = new HashSet<>();
            for (String name : text.strip().split("\\s+")) {
                names.add(name.toLowerCase(Locale.ROOT));
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
