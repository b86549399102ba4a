package dev.millrace.quality.internal.expectation;

import dev.millrace.warehouse.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is expected of the columns of a table, as the catalogue knows them. */
final class CatalogRules {
    /** What other systems call the types; each row is one type. */
    private static final List<Set<String>> SAME = List.of(
            Set.of("VARCHAR", "TEXT", "STRING", "STR", "CHAR", "NVARCHAR", "OBJECT", "UNICODE", "STRINGTYPE"),
            Set.of("INTEGER", "INT", "INT4", "SIGNED", "INT32", "INTEGERTYPE"),
            Set.of("BIGINT", "INT8", "LONG", "INT64", "BIGINTEGER", "LONGTYPE"),
            Set.of("SMALLINT", "INT2", "SHORT", "INT16", "SMALLINTEGER", "SHORTTYPE"),
            Set.of("TINYINT", "INT1", "BYTETYPE"),
            Set.of("DOUBLE", "FLOAT8", "DOUBLE_PRECISION", "DOUBLE PRECISION", "FLOAT64", "DOUBLETYPE"),
            Set.of("FLOAT", "FLOAT4", "REAL", "FLOAT32", "FLOATTYPE"),
            Set.of("DECIMAL", "NUMERIC", "DECIMALTYPE"),
            Set.of("BOOLEAN", "BOOL", "LOGICAL", "BOOLEANTYPE"),
            Set.of("DATE", "DATETYPE"),
            Set.of(
                    "TIMESTAMP",
                    "DATETIME",
                    "DATETIME64",
                    "DATETIME64[NS]",
                    "TIMESTAMP WITHOUT TIME ZONE",
                    "TIMESTAMPTYPE"),
            Set.of("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ", "TIMESTAMP_TZ"),
            Set.of("TIME", "TIME WITHOUT TIME ZONE"),
            Set.of("BLOB", "BYTEA", "BINARY", "VARBINARY", "BYTES", "BINARYTYPE"),
            Set.of("UUID"),
            Set.of("JSON"));

    private CatalogRules() {}

    static Expectation types(Kwargs kwargs, List<Value> wanted) {
        String name = kwargs.text("column");
        return new CatalogExpectation(subject -> {
            String type = subject.column(name, kwargs.position("column")).typeName();
            return Finding.observed(wanted.stream().anyMatch(value -> sameType(type, value.toString())), type);
        });
    }

    static boolean sameType(String actual, String wanted) {
        String type = actual.toUpperCase(Locale.ROOT);
        String other = wanted.strip().toUpperCase(Locale.ROOT);
        if (type.equals(other)) {
            return true;
        }
        String bare = type.replaceFirst("\\(.*", "");
        boolean precise = other.contains("(");
        return !precise
                && (bare.equals(other)
                        || SAME.stream().anyMatch(names -> names.contains(bare) && names.contains(other)));
    }

    static Expectation exists(Kwargs kwargs) {
        String name = kwargs.text("column");
        long index = kwargs.map().get("column_index").isPresent() ? kwargs.count("column_index") : -1;
        return new CatalogExpectation(subject -> {
            List<String> names = names(subject);
            int found = indexOf(names, name);
            return new Finding(found >= 0 && (index < 0 || index == found), Map.of());
        });
    }

    static Expectation columnCount(Bounds bounds) {
        return new CatalogExpectation(subject -> {
            long count = subject.columns().size();
            return Finding.observed(bounds.holds(count), count);
        });
    }

    static Expectation set(Kwargs kwargs) {
        List<String> wanted =
                kwargs.values("column_set").stream().map(Value::toString).toList();
        boolean exact = kwargs.flag("exact_match", true);
        return new CatalogExpectation(subject -> {
            List<String> names = names(subject);
            Set<String> unexpected = new TreeSet<>();
            names.stream().filter(name -> indexOf(wanted, name) < 0).forEach(unexpected::add);
            Set<String> missing = new TreeSet<>();
            wanted.stream().filter(name -> indexOf(names, name) < 0).forEach(missing::add);
            Map<String, Object> mismatched = new LinkedHashMap<>();
            if (!unexpected.isEmpty()) {
                mismatched.put("unexpected", List.copyOf(unexpected));
            }
            if (!missing.isEmpty()) {
                mismatched.put("missing", List.copyOf(missing));
            }
            boolean success = missing.isEmpty() && (!exact || unexpected.isEmpty());
            Finding finding = Finding.observed(success, names.stream().sorted().toList());
            return mismatched.isEmpty() ? finding : finding.with("details", Map.of("mismatched", mismatched));
        });
    }

    static Expectation ordered(Kwargs kwargs) {
        List<String> wanted =
                kwargs.values("column_list").stream().map(Value::toString).toList();
        return new CatalogExpectation(subject -> {
            List<String> names = names(subject);
            List<Object> mismatched = new ArrayList<>();
            for (int i = 0; i < Math.max(wanted.size(), names.size()); i++) {
                String expected = i < wanted.size() ? wanted.get(i) : null;
                String found = i < names.size() ? names.get(i) : null;
                if (expected == null || found == null || !expected.equalsIgnoreCase(found)) {
                    Map<String, @Nullable Object> one = new LinkedHashMap<>();
                    one.put("Expected Column Position", (long) i);
                    one.put("Expected", expected);
                    one.put("Found", found);
                    mismatched.add(one);
                }
            }
            Finding finding = Finding.observed(mismatched.isEmpty(), names);
            return mismatched.isEmpty() ? finding : finding.with("details", Map.of("mismatched", mismatched));
        });
    }

    private static List<String> names(Subject subject) {
        return subject.columns().stream().map(Column::name).toList();
    }

    /** Warehouses fold the case of plain identifiers. */
    private static int indexOf(List<String> names, String name) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }
}
