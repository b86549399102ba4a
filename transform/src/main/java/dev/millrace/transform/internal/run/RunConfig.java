package dev.millrace.transform.internal.run;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.Call;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.None;
import dev.millrace.jinja.Values;
import dev.millrace.transform.internal.relation.Methods;
import dev.millrace.transform.internal.resource.Config;
import dev.millrace.transform.internal.resource.Resource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code config} of a node that runs: calls do nothing more, questions are answered from what was resolved. */
final class RunConfig implements Callable, JinjaObject {
    private static final Methods<RunConfig> METHODS = new Methods<RunConfig>()
            .add("get", "name, default=None, validator=None", (self, a) -> self.get(a))
            .add("require", "name, validator=None", (self, a) -> self.require(a.string(0)))
            .add("meta_get", "name, default=None", (self, a) -> self.meta(a.string(0), a.get(1)))
            .add("meta_require", "name", (self, a) -> self.meta(a.string(0), None.NONE))
            .add("set", "name, value", (self, a) -> "")
            .add("persist_relation_docs", "", (self, a) -> self.persists("relation"))
            .add("persist_column_docs", "", (self, a) -> self.persists("columns"));

    private final Resource resource;
    private final Config config;

    RunConfig(Resource resource) {
        this.resource = resource;
        this.config = resource.config();
    }

    @Override
    public Object call(Call call) {
        return "";
    }

    @Override
    public String callableName() {
        return "config";
    }

    @Override
    public Object attribute(String name) {
        Callable method = METHODS.bind(this, name);
        if (method != null) {
            return method;
        }
        return config.values().containsKey(key(name)) ? Values.fromJava(config.get(key(name))) : missing(name);
    }

    private static String key(String name) {
        return switch (name) {
            case "pre_hook" -> "pre-hook";
            case "post_hook" -> "post-hook";
            default -> name;
        };
    }

    private Object get(Arguments a) {
        String name = key(a.string(0));
        Object value = config.get(name);
        if (value == null) {
            value = config.map("meta").get(name);
        }
        return value == null ? a.get(1) : Values.fromJava(value);
    }

    private Object require(String name) {
        Object value = config.get(key(name));
        if (value == null) {
            value = config.map("meta").get(name);
        }
        if (value == null) {
            throw new MillraceException(
                    ErrorCode.CONFIG_MISSING,
                    resource.id() + " has no configuration '" + name + "', which its materialization requires",
                    resource.identity().position(),
                    Suggestion.hint(name, config.values().keySet()),
                    null);
        }
        return Values.fromJava(value);
    }

    private Object meta(String name, Object fallback) {
        Object value = config.map("meta").get(name);
        return value == null ? fallback : Values.fromJava(value);
    }

    private boolean persists(String what) {
        Map<?, ?> docs = config.map("persist_docs");
        @Nullable Object value = docs.get(what);
        return Boolean.TRUE.equals(value);
    }
}
