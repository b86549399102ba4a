package dev.millrace.transform.internal.context;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.Functions;
import dev.millrace.jinja.Globals;
import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.None;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.Undefined;
import dev.millrace.jinja.Values;
import dev.millrace.transform.internal.macro.Macro;
import dev.millrace.transform.internal.macro.Macros;
import dev.millrace.transform.internal.relation.Methods;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The names that one node's template and all macros it calls see. In dbt's order: what the running materialization
 * sets, the macros of the node's package and of the project, the node's own names, the project's, Millrace's own
 * macros, packages. Owned by one thread.
 */
public final class NodeContext implements Globals {
    private static final Methods<NodeContext> METHODS = new Methods<NodeContext>()
            .add("dispatch", "macro_name, macro_namespace=None, packages=None", NodeContext::dispatch);

    private final ProjectContext project;
    private final String packageName;
    private final Globals own;
    private final @Nullable MacroWatch watch;
    private final Map<String, Object> resolved = new HashMap<>();

    /** @param own what only this node has, such as {@code ref}, {@code this} and {@code config} */
    public NodeContext(ProjectContext project, String packageName, Globals own, @Nullable MacroWatch watch) {
        this.project = project;
        this.packageName = packageName;
        this.own = own;
        this.watch = watch;
    }

    public ProjectContext project() {
        return project;
    }

    public String packageName() {
        return packageName;
    }

    /** Gives {@code name} a value that wins over every other. */
    public void set(String name, Object value) {
        resolved.put(name, value);
    }

    @Override
    public @Nullable Object lookup(String name) {
        Object known = resolved.get(name);
        if (known != null) {
            return known;
        }
        Object value = resolve(name);
        if (value != null) {
            resolved.put(name, value);
        }
        return value;
    }

    private @Nullable Object resolve(String name) {
        Macros macros = project.macros();
        Macro macro = macros.project(name, packageName);
        if (macro != null) {
            return bind(macro);
        }
        Object value = builtin(name);
        if (value != null) {
            return value;
        }
        Macro internal = macros.internal(name);
        if (internal != null) {
            return bind(internal);
        }
        return macros.hasPackage(name) || name.equals(Macros.INTERNAL) ? packageNamespace(name) : null;
    }

    /** The value of a name that no macro has a part in. */
    public @Nullable Object builtin(String name) {
        Object value = own.lookup(name);
        if (value != null) {
            return value instanceof Callable callable && (name.equals("ref") || name.equals("source"))
                    ? new Resolver(callable, project.runtimeConfig())
                    : value;
        }
        return switch (name) {
            case "var" -> project.var(packageName);
            case "builtins" -> new Namespace("builtins", "there is no builtin", this::builtin);
            case "context" -> new ContextObject();
            default -> project.lookup(name);
        };
    }

    private Namespace packageNamespace(String name) {
        return new Namespace(name, "package '" + name + "' has no macro", key -> {
            Macro macro = project.macros().inPackage(name, key);
            return macro == null
                    ? unknown(Undefined.because(key, "package '" + name + "' has no macro '" + key + "'"))
                    : bind(macro);
        });
    }

    @Override
    public Undefined unknown(Undefined undefined) {
        return own.unknown(undefined);
    }

    /** The macro as a function in this context. */
    public Callable bind(Macro macro) {
        Callable callable = macro.definition().get().bind(this);
        return watch == null ? callable : watch.watch(macro, callable);
    }

    /** The function a name means to the node. */
    public @Nullable Callable macro(String name) {
        Macro macro = project.macros().find(name, packageName);
        return macro == null ? null : bind(macro);
    }

    /** {@code adapter.dispatch}. */
    public Callable dispatch() {
        return Objects.requireNonNull(METHODS.bind(this, "dispatch"));
    }

    private Object dispatch(Arguments a) {
        String name = a.string(0);
        String namespace = a.get(1) == None.NONE || a.get(1) instanceof Undefined ? null : Values.str(a.get(1));
        if (name.indexOf('.') >= 0) {
            throw new MillraceException(
                    ErrorCode.TEMPLATE_FAILED,
                    "adapter.dispatch takes a macro's name and its package apart, but got '" + name + "'",
                    null,
                    "Write adapter.dispatch('" + name.substring(name.indexOf('.') + 1) + "', macro_namespace='"
                            + name.substring(0, name.indexOf('.')) + "').",
                    null);
        }
        Macro macro = project.macros().dispatch(name, namespace, packageName);
        if (macro == null) {
            throw new MillraceException(
                    ErrorCode.MACRO_NOT_FOUND,
                    "no macro implements '" + name + "' for " + project.adapterType(),
                    null,
                    "Looked for: " + String.join(", ", project.macros().dispatchCandidates(name, namespace)) + ".",
                    null);
        }
        return bind(macro);
    }

    /** {@code context}: the names of this context by key. What is put there wins over every other name. */
    private final class ContextObject implements JinjaObject {
        @Override
        public Object attribute(String name) {
            if (name.equals("get")) {
                return Functions.of("get", "key, default=None", a -> {
                    Object value = lookup(a.string(0));
                    return value == null ? a.get(1) : value;
                });
            }
            if (name.equals("update")) {
                return Functions.of("update", "names={}, **kwargs", a -> {
                    put(a.get(0));
                    put(a.keywords());
                    return None.NONE;
                });
            }
            Object value = lookup(name);
            return value == null ? missing(name) : value;
        }

        private void put(Object names) {
            if (names instanceof PyDict dict) {
                dict.entries().forEach(entry -> set(Values.str(entry.key()), entry.value()));
            }
        }

        @Override
        public Object item(Object key) {
            Object value = lookup(Values.str(key));
            return value == null ? Undefined.missing(this, key) : value;
        }

        @Override
        public String typeName() {
            return "context";
        }
    }
}
