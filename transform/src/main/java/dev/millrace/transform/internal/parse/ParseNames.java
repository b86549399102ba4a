package dev.millrace.transform.internal.parse;

import dev.millrace.jinja.Call;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.Functions;
import dev.millrace.jinja.Globals;
import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.None;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.Undefined;
import dev.millrace.jinja.Values;
import dev.millrace.transform.internal.context.ConfigCalls;
import dev.millrace.transform.internal.context.NodeContext;
import dev.millrace.transform.internal.context.ProjectContext;
import dev.millrace.transform.internal.context.References;
import dev.millrace.transform.internal.context.StreamCalls;
import dev.millrace.transform.internal.context.Talk;
import dev.millrace.transform.internal.macro.MacroFiles;
import dev.millrace.transform.internal.relation.DbtRelation;
import dev.millrace.transform.internal.resource.Config;
import dev.millrace.transform.internal.resource.Identity;
import dev.millrace.transform.internal.resource.RefArgs;
import dev.millrace.transform.internal.resource.SourceArgs;
import org.jspecify.annotations.Nullable;

/**
 * A resource's own names while it is parsed: {@code execute} is false, nothing reaches the warehouse, and what is
 * referred to or configured is captured.
 */
final class ParseNames implements Globals {
    private final Identity identity;
    private final Config config;
    private final Capture capture;
    private final ProjectContext project;
    private static final Globals QUIET = new Talk((level, message) -> {});
    private @Nullable NodeContext context;

    private ParseNames(Identity identity, Config config, Capture capture, ProjectContext project) {
        this.identity = identity;
        this.config = config;
        this.capture = capture;
        this.project = project;
    }

    /** A context for one resource that fills {@code capture}. */
    static NodeContext context(ProjectContext project, Identity identity, Capture capture) {
        return context(project, identity, new Config(ConfigKeys.defaults(identity.kind())), capture);
    }

    /** @param config what is known of the resource's configuration before its own file is read */
    static NodeContext context(ProjectContext project, Identity identity, Config config, Capture capture) {
        ParseNames names = new ParseNames(identity, config, capture, project);
        NodeContext context = new NodeContext(project, identity.packageName(), names, capture.macros());
        names.context = context;
        return context;
    }

    @Override
    public @Nullable Object lookup(String name) {
        return switch (name) {
            case "ref" -> named("ref", this::ref);
            case "source" -> named("source", this::source);
            case "config" -> new ParseConfig();
            case "this" -> relation(identity.name());
            case "model" -> model();
            case "execute" -> false;
            case "graph" -> new PyDict();
            case "adapter" -> new ParseAdapter(context == null ? null : context.dispatch(), project);
            case "load_result" -> Functions.of("load_result", "name", a -> None.NONE);
            case "store_result", "store_raw_result" -> Functions.of(name, "*args, **kwargs", a -> "");
            case "render" -> Functions.of("render", "string", a -> rendered(a.string(0)));
            case "write" -> Functions.of("write", "payload", a -> "");
            case "submit_python_job" -> Functions.of(name, "*args, **kwargs", a -> None.NONE);
            case "pre_hooks", "post_hooks" -> new PyList();
            case "sql", "compiled_code" -> "";
            case "schemas", "database_schemas", "results" -> new PyList();
            case "schema" -> project.schema();
            case "database" -> project.database();
            case "thread_id" -> "main";
            case StreamCalls.NAME -> StreamCalls.function("", project.database(), input -> "");
            case "defer_relation" -> None.NONE;
            default -> QUIET.lookup(name);
        };
    }

    @Override
    public Undefined unknown(Undefined undefined) {
        return capture.unknown().meet(undefined);
    }

    private static Callable named(String name, Callable body) {
        return new Callable() {
            @Override
            public Object call(Call call) {
                return body.call(call);
            }

            @Override
            public String callableName() {
                return name;
            }
        };
    }

    private String rendered(String text) {
        return context == null
                ? text
                : MacroFiles.compile(text, identity.display()).render(context);
    }

    private Object ref(Call call) {
        RefArgs ref = References.ref(call);
        capture.add(ref);
        return relation(ref.name());
    }

    private Object source(Call call) {
        SourceArgs source = References.source(call);
        capture.add(source);
        return DbtRelation.of(project.database(), source.source(), source.table(), null);
    }

    private DbtRelation relation(String name) {
        return DbtRelation.of(project.database(), project.schema(), name, null);
    }

    private PyDict model() {
        PyDict model = new PyDict();
        model.put("unique_id", identity.id().toString());
        model.put("name", identity.name());
        model.put("alias", identity.name());
        model.put("schema", project.schema());
        model.put("database", project.database());
        model.put("package_name", identity.packageName());
        model.put("resource_type", identity.kind().key());
        model.put("path", identity.path());
        model.put("original_file_path", identity.originalPath());
        model.put("fqn", new PyList(identity.fqn()));
        model.put("tags", new PyList(config.tags()));
        model.put("columns", new PyDict());
        model.put("config", Values.fromJava(config.values()));
        model.put("meta", Values.fromJava(config.map("meta")));
        model.put("description", "");
        return model;
    }

    /** {@code config} at parse time: calls are kept, questions have no answer yet. */
    private final class ParseConfig implements Callable, JinjaObject {
        @Override
        public Object call(Call call) {
            capture.add(ConfigCalls.values(call));
            return "";
        }

        @Override
        public String callableName() {
            return "config";
        }

        @Override
        public Object attribute(String name) {
            return switch (name) {
                case "set" ->
                    Functions.of("set", "name, value", a -> {
                        capture.add(java.util.Collections.singletonMap(a.string(0), Values.toJava(a.get(1))));
                        return "";
                    });
                case "get", "require", "meta_get", "meta_require" -> Functions.of(name, "*args, **kwargs", a -> "");
                case "persist_relation_docs", "persist_column_docs" -> Functions.of(name, "", a -> false);
                case "model" -> None.NONE;
                default -> missing(name);
            };
        }
    }
}
