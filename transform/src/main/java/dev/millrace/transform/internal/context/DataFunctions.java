package dev.millrace.transform.internal.context;

import dev.millrace.core.MillraceException;
import dev.millrace.core.yaml.YamlReader;
import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.Call;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.Functions;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.Values;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** Functions on plain values that need more than the template language has: {@code toyaml}, {@code fromyaml} … Pure. */
final class DataFunctions {
    /** Calls a function with the arguments behind it; when that fails, fails with the message that stands first. */
    private static final Callable TRY = new Callable() {
        @Override
        public Object call(Call call) {
            if (call.size() < 2 || !(call.arg(1) instanceof Callable function)) {
                throw JinjaException.type("try_or_compiler_error() takes a message and a function");
            }
            try {
                return function.call(call.with(call.positional().subList(2, call.size()), call.keywords()));
            } catch (JinjaException e) {
                throw CompilerException.of(Values.str(call.arg(0)));
            }
        }

        @Override
        public String callableName() {
            return "try_or_compiler_error";
        }
    };

    private DataFunctions() {}

    static void addTo(Map<String, Object> names) {
        names.put("toyaml", Functions.of("toyaml", "value, default=None, sort_keys=False", a -> toYaml(a.get(0))));
        names.put("fromyaml", Functions.of("fromyaml", "value, default=None", DataFunctions::fromYaml));
        names.put("try_or_compiler_error", TRY);
        names.put("diff_of_two_dicts", Functions.of("diff_of_two_dicts", "dict_a, dict_b", a -> diff(a)));
    }

    private static Object fromYaml(Arguments a) {
        try {
            return Values.fromJava(YamlReader.parse(a.string(0), "fromyaml").toJava());
        } catch (MillraceException e) {
            return a.get(1);
        }
    }

    private static String toYaml(Object value) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        return new Yaml(options).dump(Values.toJava(value));
    }

    /** What the first dict of lists has and the second has not. */
    private static Object diff(Arguments a) {
        PyDict result = new PyDict();
        if (a.get(0) instanceof PyDict first && a.get(1) instanceof PyDict second) {
            for (PyDict.Entry entry : first.entries()) {
                Object other = second.get(entry.key());
                List<Object> known = other == null ? List.of() : Values.list(other);
                PyList more = new PyList();
                for (Object item : Values.list(entry.value())) {
                    if (known.stream().noneMatch(k -> Values.equal(k, item))) {
                        more.add(item);
                    }
                }
                if (!more.isEmpty()) {
                    result.put(entry.key(), more);
                }
            }
        }
        return result;
    }
}
