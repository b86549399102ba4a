package dev.millrace.transform.internal.context;

import dev.millrace.core.project.Project;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.Globals;
import dev.millrace.jinja.None;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.PythonGlobals;
import dev.millrace.jinja.Values;
import dev.millrace.transform.internal.macro.Macros;
import dev.millrace.transform.internal.project.DbtPackage;
import dev.millrace.transform.internal.relation.PythonTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** What all templates of a project share. Thread-safe. */
public final class ProjectContext implements Globals {
    /**
     * The dbt whose behaviour, context and artifacts this follows: what {@code require-dbt-version} is held against.
     */
    public static final String DBT_VERSION = "1.12.6";

    private static final String METADATA_ENV = "DBT_ENV_CUSTOM_ENV_";

    private final Project project;
    private final Map<String, DbtPackage> packages = new LinkedHashMap<>();
    private final Macros macros;
    private final String database;
    private final String schema;
    private final String invocationId = UUID.randomUUID().toString();
    private final Instant started = Instant.now();
    private final ParseInputs inputs = new ParseInputs();
    private final Map<String, Object> names = new HashMap<>();
    private final RuntimeConfig runtimeConfig;
    private final ConcurrentMap<String, VarFunction> vars = new ConcurrentHashMap<>();
    private volatile PyList selected = new PyList();

    /**
     * @param database the target's
     * @param schema the target's
     */
    public ProjectContext(Project project, List<DbtPackage> packages, Macros macros, String database, String schema) {
        this.project = project;
        this.macros = macros;
        this.database = database;
        this.schema = schema;
        packages.forEach(one -> this.packages.put(one.name(), one));
        names.putAll(PythonGlobals.asMap());
        if (project.globals().lookup("env_var") instanceof Callable envVar) {
            names.put("env_var", inputs.watched(envVar));
        }
        DataFunctions.addTo(names);
        names.put("api", ApiNames.API);
        names.put("dbt_version", DBT_VERSION);
        names.put("invocation_id", invocationId);
        names.put("project_name", project.name());
        names.put("target", target());
        names.put("flags", Flags.of(project));
        names.put("invocation_args_dict", Flags.arguments(project));
        names.put("dbt_metadata_envs", Values.fromJava(metadataEnv()));
        names.put("run_started_at", PythonTime.of(started));
        runtimeConfig = new RuntimeConfig(project, this.packages.values(), names);
    }

    public Project project() {
        return project;
    }

    public Macros macros() {
        return macros;
    }

    public String database() {
        return database;
    }

    public String schema() {
        return schema;
    }

    public String adapterType() {
        return project.target().type();
    }

    public String invocationId() {
        return invocationId;
    }

    public Instant started() {
        return started;
    }

    public Map<String, DbtPackage> packages() {
        return packages;
    }

    /** The project's settings as {@code ref.config} shows them. */
    RuntimeConfig runtimeConfig() {
        return runtimeConfig;
    }

    Object var(String packageName) {
        return vars.computeIfAbsent(packageName, name -> {
            DbtPackage owner = packages.get(name);
            return new VarFunction(name, project.vars(), owner == null || owner.isRoot() ? Map.of() : owner.vars());
        });
    }

    /** What the environment adds to the metadata of artifacts: {@code DBT_ENV_CUSTOM_ENV_TEAM} as {@code TEAM}. */
    public Map<String, String> metadataEnv() {
        Map<String, String> added = new TreeMap<>();
        project.invocation().environment().forEach((name, value) -> {
            if (name.startsWith(METADATA_ENV)) {
                added.put(name.substring(METADATA_ENV.length()), value);
            }
        });
        return added;
    }

    /** Which nodes a run is of, by id: {@code selected_resources}. */
    public void selected(List<String> ids) {
        selected = PyList.of(ids.toArray());
    }

    /** What was last told to be selected. */
    public List<String> selected() {
        return selected.stream().map(String::valueOf).toList();
    }

    /** {@code env_var}, {@code var} and {@code target} for the YAML files of a package. */
    public Globals yamlGlobals(String packageName) {
        return name -> name.equals("var") ? var(packageName) : lookup(name);
    }

    /** {@code env_var}, {@code var} and {@code target} as they stand in the project's own files. */
    public Globals fileGlobals() {
        return name -> name.equals("env_var") ? lookup(name) : project.globals().lookup(name);
    }

    /** What templates have asked for so far that stands in no file. */
    public ParseInputs inputs() {
        return inputs;
    }

    @Override
    public @Nullable Object lookup(String name) {
        inputs.asked(name);
        if (name.equals("selected_resources")) {
            return selected;
        }
        Object value = names.get(name);
        return value != null ? value : project.globals().lookup(name);
    }

    /** The target with what adapters add to it. */
    private Object target() {
        Object known = project.globals().lookup("target");
        PyDict target = known instanceof PyDict dict ? new PyDict(dict) : new PyDict();
        target.put("database", database);
        target.put("dbname", database);
        target.put("schema", schema);
        if (target.get("path") == null) {
            target.put("path", None.NONE);
        }
        return target;
    }
}
