package dev.millrace.transform.internal.context;

import dev.millrace.core.project.Project;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.jinja.Functions;
import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.Undefined;
import dev.millrace.jinja.Values;
import dev.millrace.transform.internal.project.DbtPackage;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The project's settings as dbt shows them to templates in {@code ref.config}: those of its dbt_project.yml, of the
 * target and of the command line. Packages look up there which version of themselves is installed. Thread-safe.
 */
final class RuntimeConfig implements JinjaObject {
    private final Project project;
    private final Collection<DbtPackage> packages;
    private final Map<String, Object> shared;

    /**
     * @param packages the project's own first
     * @param shared the names that all templates see
     */
    RuntimeConfig(Project project, Collection<DbtPackage> packages, Map<String, Object> shared) {
        this.project = project;
        this.packages = packages;
        this.shared = shared;
    }

    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "target_name" -> project.target().name();
            case "profile_name" -> project.target().profile();
            case "credentials" -> Values.fromJava(shared.get("target"));
            case "threads" -> (long) project.threads();
            case "args" -> new Settings("args", shared.get("invocation_args_dict"));
            case "cli_vars" -> Values.fromJava(project.invocation().vars());
            case "dependencies" -> dependencies();
            case "load_dependencies" -> Functions.of(name, "base_only=False", a -> dependencies());
            default ->
                packages.stream()
                        .findFirst()
                        .<Object>map(root -> ofPackage(root, name))
                        .orElseGet(() -> missing(name));
        };
    }

    private PyDict dependencies() {
        PyDict all = new PyDict();
        packages.forEach(one -> all.put(one.name(), new PackageConfig(one)));
        return all;
    }

    private static Object ofPackage(DbtPackage owner, String name) {
        return switch (name) {
            case "project_name" -> owner.name();
            case "project_root" -> owner.root().toString();
            case "vars" -> new Settings("vars", Values.fromJava(owner.vars()));
            default -> {
                YamlNode written = owner.file()
                        .get(name)
                        .or(() -> owner.file().get(name.replace('_', '-')))
                        .orElse(null);
                yield written == null
                        ? Undefined.because(name, "the project '" + owner.name() + "' says nothing of '" + name + "'")
                        : Values.fromJava(written.toJava());
            }
        };
    }

    @Override
    public String typeName() {
        return "RuntimeConfig";
    }

    /** The settings of one package. */
    private record PackageConfig(DbtPackage owner) implements JinjaObject {
        @Override
        public Object attribute(String name) {
            return ofPackage(owner, name);
        }
    }

    /** Settings by name, of which those that are missing are nothing. */
    private record Settings(String name, @Nullable Object values) implements JinjaObject {
        @Override
        public Object attribute(String key) {
            if (key.equals("to_dict")) {
                return Functions.of(key, "", a -> values instanceof PyDict dict ? new PyDict(dict) : new PyDict());
            }
            Object value = values instanceof PyDict dict ? dict.get(key) : null;
            return value == null ? missing(key) : value;
        }

        @Override
        public String typeName() {
            return name;
        }
    }
}
