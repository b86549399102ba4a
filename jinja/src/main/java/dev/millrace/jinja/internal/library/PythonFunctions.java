package dev.millrace.jinja.internal.library;

import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.Functions;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.PySet;
import dev.millrace.jinja.PyTuple;
import dev.millrace.jinja.internal.value.Iteration;
import dev.millrace.jinja.internal.value.Json;
import dev.millrace.jinja.internal.value.JsonParser;
import dev.millrace.jinja.internal.value.Lazy;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The functions dbt adds to Jinja's (docs.getdbt.com/reference/dbt-jinja-functions). */
public final class PythonFunctions {
    private PythonFunctions() {}

    public static Map<String, Object> all() {
        return Map.of(
                "set", Functions.of("set", "value, default=None", PythonFunctions::set),
                "set_strict", Functions.of("set_strict", "value", a -> new PySet(Iteration.list(a.get(0)))),
                "zip", Functions.of("zip", "*args, default=None", PythonFunctions::zip),
                "zip_strict", Functions.of("zip_strict", "*args", a -> zipped(a.rest())),
                "tojson", Functions.of("tojson", "value, default=None, sort_keys=False", PythonFunctions::toJson),
                "fromjson", Functions.of("fromjson", "string, default=None", PythonFunctions::fromJson),
                "local_md5", Functions.of("local_md5", "value", a -> md5(a.string(0))));
    }

    private static Object set(Arguments a) {
        return Iteration.isIterable(a.get(0)) ? new PySet(Iteration.list(a.get(0))) : a.get(1);
    }

    private static Object zip(Arguments a) {
        return a.rest().stream().allMatch(Iteration::isIterable) ? zipped(a.rest()) : a.get(1);
    }

    private static Lazy zipped(List<Object> iterables) {
        List<PyList> columns = iterables.stream().map(Iteration::list).toList();
        int length = columns.stream().mapToInt(PyList::size).min().orElse(0);
        PyList rows = new PyList();
        for (int i = 0; i < length; i++) {
            Object[] row = new Object[columns.size()];
            for (int column = 0; column < row.length; column++) {
                row[column] = columns.get(column).get(i);
            }
            rows.add(PyTuple.of(row));
        }
        return new Lazy("zip", rows.iterator());
    }

    /** As in dbt, what cannot be written yields the default. */
    private static Object toJson(Arguments a) {
        try {
            return Json.dumps(a.get(0), a.truth(2));
        } catch (JinjaException notSerializable) {
            return a.get(1);
        }
    }

    private static Object fromJson(Arguments a) {
        try {
            return JsonParser.parse(a.string(0));
        } catch (JinjaException notJson) {
            return a.get(1);
        }
    }

    private static String md5(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has MD5", e);
        }
    }
}
