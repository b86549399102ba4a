package dev.millrace.transform.internal.run;

import dev.millrace.core.graph.NodeKind;
import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.Functions;
import dev.millrace.jinja.Globals;
import dev.millrace.jinja.None;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.PyTuple;
import dev.millrace.jinja.Values;
import dev.millrace.transform.internal.adapter.AdapterObject;
import dev.millrace.transform.internal.adapter.Connection;
import dev.millrace.transform.internal.adapter.RelationCache;
import dev.millrace.transform.internal.adapter.SeedLoader;
import dev.millrace.transform.internal.artifact.NodeJson;
import dev.millrace.transform.internal.batch.Batch;
import dev.millrace.transform.internal.batch.TimeSpan;
import dev.millrace.transform.internal.context.Log;
import dev.millrace.transform.internal.context.NodeContext;
import dev.millrace.transform.internal.context.StreamCalls;
import dev.millrace.transform.internal.context.Talk;
import dev.millrace.transform.internal.macro.DbtJinja;
import dev.millrace.transform.internal.relation.DbtRelation;
import dev.millrace.transform.internal.relation.Methods;
import dev.millrace.transform.internal.relation.PythonTime;
import dev.millrace.transform.internal.relation.ResultRow;
import dev.millrace.transform.internal.relation.ResultTable;
import dev.millrace.transform.internal.resource.Hook;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.warehouse.model.StreamInput;
import dev.millrace.warehouse.model.WindowSql;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One node that is compiled or run: its names in templates, its connection, the results of its statements. Owned by one
 * thread.
 */
final class Execution implements Globals {
    private static final Methods<Execution> METHODS = new Methods<Execution>()
            .add("load_result", "name", (self, a) -> self.results.getOrDefault(a.string(0), None.NONE))
            .add("store_result", "name, response, agate_table=None", Execution::storeResult)
            .add(
                    "store_raw_result",
                    "name, message=None, code=None, rows_affected=None, agate_table=None",
                    Execution::storeRaw)
            .add("write", "payload", Execution::write)
            .add("render", "string", (self, a) -> self.render(a.string(0)));

    private final RunEnvironment runtime;
    private final Resource resource;
    private final Connection connection;
    private final RelationCache relations;
    private final Globals talk;
    private final NodeContext context;
    private final Map<String, Object> results = new HashMap<>();
    private final Map<String, Resource> ephemerals = new LinkedHashMap<>();
    private final boolean checkedRefs;
    private Optional<Batch> batch = Optional.empty();
    private @Nullable PyDict model;
    private @Nullable Compiled compiled;
    private @Nullable SeedLoader seeds;
    private Function<StreamInput, String> inputs = this::wholeInput;

    Execution(
            RunEnvironment runtime,
            Resource resource,
            Connection connection,
            RelationCache relations,
            Log log,
            boolean checkedRefs) {
        this.runtime = runtime;
        this.resource = resource;
        this.connection = connection;
        this.relations = relations;
        this.talk = new Talk(log);
        this.checkedRefs = checkedRefs;
        this.context = new NodeContext(runtime.project(), resource.packageName(), this, null);
    }

    /** Builds only {@code one} batch of the model, which templates see as {@code model.batch}. */
    void batch(Batch one) {
        batch = Optional.of(one);
        if (one.incremental()) {
            context.set("is_incremental", Functions.of("is_incremental", "", a -> true));
            context.set("should_full_refresh", Functions.of("should_full_refresh", "", a -> false));
        }
    }

    private InputSpan during() {
        return InputSpan.of(resource, batch, runtime.reading());
    }

    NodeContext context() {
        return context;
    }

    Connection connection() {
        return connection;
    }

    RelationCache relations() {
        return relations;
    }

    /** What becomes of an input that the model reads as a stream, instead of all its rows. */
    void inputsFrom(Function<StreamInput, String> source) {
        inputs = source;
    }

    private String wholeInput(StreamInput input) {
        return WindowSql.batch(connection.session(), input);
    }

    void seedsFrom(SeedLoader loader) {
        seeds = loader;
    }

    /** The ephemeral models that templates have referred to so far, each once. */
    List<Resource> ephemerals() {
        return new ArrayList<>(ephemerals.values());
    }

    /** The result of {@code statement(name)}, or null when there is none. */
    @Nullable
    ResultTable result(String name) {
        return results.get(name) instanceof PyDict dict && dict.get("table") instanceof ResultTable table
                ? table
                : null;
    }

    @Override
    public @Nullable Object lookup(String name) {
        return switch (name) {
            case "ref" ->
                new RefFunction(
                        runtime.manifest(),
                        resource,
                        runtime.project().project().name(),
                        ephemeral -> ephemerals.putIfAbsent(ephemeral.id().toString(), ephemeral),
                        checkedRefs,
                        target -> runtime.reading().of(target, connection, relations),
                        runtime.reading(),
                        during());
            case "source" ->
                new SourceFunction(
                        runtime.manifest(),
                        resource.packageName(),
                        runtime.project().database(),
                        runtime.reading(),
                        during());
            case "config" -> new RunConfig(resource);
            case "this" -> DbtRelation.of(resource.relation(), null);
            case "model" -> model();
            case "graph" -> runtime.graph();
            case "execute" -> true;
            case "adapter" -> new AdapterObject(connection, relations, context, this::seeds);
            case "schema" -> resource.relation().schema();
            case "database" -> resource.relation().database();
            case "pre_hooks" -> hooks("pre-hook");
            case "post_hooks" -> hooks("post-hook");
            case "thread_id" -> Thread.currentThread().getName();
            case StreamCalls.NAME ->
                StreamCalls.function(
                        resource.relation().warehouse(), runtime.project().database(), input -> inputs.apply(input));
            case "defer_relation" -> None.NONE;
            case "results" -> new PyList();
            case "schemas" -> schemas();
            case "database_schemas" -> databaseSchemas();
            default -> {
                Callable function = METHODS.bind(this, name);
                yield function == null ? talk.lookup(name) : function;
            }
        };
    }

    private SeedLoader seeds() {
        if (seeds == null) {
            throw new IllegalStateException(resource.id() + " is no seed");
        }
        return seeds;
    }

    private PyDict model() {
        PyDict known = model;
        if (known == null) {
            Map<String, @Nullable Object> json =
                    NodeJson.of(resource, runtime.project().started().toEpochMilli() / 1000.0);
            PyDict made = (PyDict) Values.fromJava(json);
            if (resource.kind() != NodeKind.SEED) {
                made.put("extra_ctes", new PyList());
            }
            batch.ifPresent(one -> made.put("batch", batch(one.id(), one.span())));
            addCompiled(made);
            known = made;
            model = made;
        }
        return known;
    }

    private static PyDict batch(String id, TimeSpan span) {
        PyDict dict = new PyDict();
        dict.put("id", id);
        dict.put("event_time_start", PythonTime.of(span.start().toInstant(ZoneOffset.UTC)));
        dict.put("event_time_end", PythonTime.of(span.end().toInstant(ZoneOffset.UTC)));
        return dict;
    }

    private void addCompiled(PyDict known) {
        if (compiled != null) {
            known.put("compiled", true);
            known.put("compiled_code", compiled.sql());
            known.put("compiled_sql", compiled.sql());
        }
    }

    /** Lets templates see the compiled SQL. */
    void compiled(Compiled sql) {
        context.set("sql", sql.sql());
        context.set("compiled_code", sql.sql());
        compiled = sql;
        if (model != null) {
            addCompiled(model);
        }
    }

    private Object storeResult(Arguments a) {
        Object table = a.get(2) == None.NONE ? ResultTable.EMPTY : a.get(2);
        PyDict result = new PyDict();
        result.put("response", a.get(1));
        result.put("data", table instanceof ResultTable rows ? data(rows) : new PyList());
        result.put("table", table);
        results.put(Values.str(a.get(0)), result);
        return "";
    }

    private Object write(Arguments a) {
        runtime.files().writeRun(resource, batch, Values.str(a.get(0)));
        return "";
    }

    private static PyList data(ResultTable table) {
        PyList data = new PyList();
        for (ResultRow row : table.rows()) {
            data.add(row.values());
        }
        return data;
    }

    private Object storeRaw(Arguments a) {
        PyDict result = new PyDict();
        result.put("response", a.get(1));
        result.put("data", new PyList());
        result.put("table", a.get(4) == None.NONE ? ResultTable.EMPTY : a.get(4));
        results.put(Values.str(a.get(0)), result);
        return "";
    }

    private String render(String text) {
        return DbtJinja.ENVIRONMENT.compile(text, resource.identity().display()).render(context);
    }

    private PyList hooks(String key) {
        PyList hooks = new PyList();
        int index = 0;
        for (Hook hook : resource.config().hooks(key)) {
            PyDict one = new PyDict();
            one.put("sql", hook.sql());
            one.put("transaction", hook.transaction());
            one.put("index", (long) index++);
            hooks.add(one);
        }
        return hooks;
    }

    private PyList schemas() {
        PyList schemas = new PyList();
        runtime.manifest().resources().values().stream()
                .filter(RunEnvironment::writes)
                .map(one -> one.relation().schema())
                .distinct()
                .forEach(schemas::add);
        return schemas;
    }

    private PyList databaseSchemas() {
        PyList pairs = new PyList();
        runtime.manifest().resources().values().stream()
                .filter(RunEnvironment::writes)
                .map(one -> List.of(one.relation().database(), one.relation().schema()))
                .distinct()
                .forEach(pair -> pairs.add(PyTuple.copyOf(pair)));
        return pairs;
    }

    /** A materialization as something to call. */
    Callable bind(dev.millrace.transform.internal.macro.Macro macro) {
        return context.bind(macro);
    }
}
