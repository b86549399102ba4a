package dev.millrace.transform.internal.macro;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds macros by dbt's rules (docs.getdbt.com/reference/dbt-jinja-functions/dispatch). Immutable and thread-safe. */
public final class Macros {
    /** The package of Millrace's own macros, under the name that projects expect. */
    public static final String INTERNAL = "dbt";

    private final String root;
    private final String adapter;
    private final Map<String, Map<String, Macro>> packages;
    private final Map<String, Macro> internal;
    private final List<String> internalPackages;
    private final Map<String, List<String>> searchOrders;

    /**
     * @param root the project's name
     * @param adapter the warehouse's type, the first prefix that dispatch tries
     * @param internal names of the packages of {@code packages} that are Millrace's own, the most specific first
     * @param searchOrders the {@code dispatch:} configuration
     */
    public Macros(
            String root,
            String adapter,
            Map<String, Map<String, Macro>> packages,
            List<String> internal,
            Map<String, List<String>> searchOrders) {
        this.root = root;
        this.adapter = adapter;
        this.packages = new LinkedHashMap<>(packages);
        this.searchOrders = new HashMap<>(searchOrders);
        this.internalPackages = List.copyOf(internal);
        Map<String, Macro> own = new HashMap<>();
        for (String name : internal) {
            packages.getOrDefault(name, Map.of()).forEach(own::putIfAbsent);
        }
        this.internal = own;
    }

    /** The macro that the bare name means to a node of {@code fromPackage}, unless it is one of Millrace's own. */
    public @Nullable Macro project(String name, String fromPackage) {
        Macro own = packages.getOrDefault(fromPackage, Map.of()).get(name);
        return own != null ? own : packages.getOrDefault(root, Map.of()).get(name);
    }

    /** Millrace's own macro of that name. */
    public @Nullable Macro internal(String name) {
        return internal.get(name);
    }

    /** The macro that the bare name means to a node of {@code fromPackage}. */
    public @Nullable Macro find(String name, String fromPackage) {
        Macro macro = project(name, fromPackage);
        return macro != null ? macro : internal.get(name);
    }

    /** The macro {@code packageName.name}. */
    public @Nullable Macro inPackage(String packageName, String name) {
        if (packageName.equals(INTERNAL)) {
            return internal.get(name);
        }
        return packages.getOrDefault(packageName, Map.of()).get(name);
    }

    /** Whether the package is Millrace's own. */
    public boolean isInternal(String packageName) {
        return internalPackages.contains(packageName);
    }

    public boolean hasPackage(String name) {
        return packages.containsKey(name);
    }

    /** The implementation that {@code adapter.dispatch(name, namespace)} picks, or null. */
    public @Nullable Macro dispatch(String name, @Nullable String namespace, String fromPackage) {
        for (String candidate : searchOrder(namespace)) {
            for (String prefix : List.of(adapter, "default")) {
                String full = prefix + "__" + name;
                Macro macro = candidate.isEmpty() ? find(full, fromPackage) : inPackage(candidate, full);
                if (macro != null) {
                    return macro;
                }
            }
        }
        return null;
    }

    /** What {@link #dispatch} looks for, for an error. */
    public List<String> dispatchCandidates(String name, @Nullable String namespace) {
        List<String> tried = new ArrayList<>();
        for (String candidate : searchOrder(namespace)) {
            for (String prefix : List.of(adapter, "default")) {
                tried.add((candidate.isEmpty() ? "" : candidate + ".") + prefix + "__" + name);
            }
        }
        return tried;
    }

    private List<String> searchOrder(@Nullable String namespace) {
        if (namespace == null) {
            return List.of("");
        }
        List<String> configured = searchOrders.get(namespace);
        if (configured != null) {
            return configured;
        }
        return namespace.equals(root) ? List.of(root) : List.of(root, namespace);
    }

    /**
     * The macro of a materialization: one for the adapter wins over a general one; among equals the project's own wins,
     * then Millrace's, then those of packages.
     */
    public @Nullable Macro materialization(String name) {
        for (String suffix : List.of(adapter, "default")) {
            String full = "materialization_" + name + "_" + suffix;
            Macro own = packages.getOrDefault(root, Map.of()).get(full);
            if (own != null) {
                return own;
            }
            Macro builtin = internal.get(full);
            if (builtin != null) {
                return builtin;
            }
            for (Map<String, Macro> macros : packages.values()) {
                Macro macro = macros.get(full);
                if (macro != null) {
                    return macro;
                }
            }
        }
        return null;
    }

    /** The names of all materializations. */
    public Collection<String> materializations() {
        TreeSet<String> names = new TreeSet<>();
        for (Map<String, Macro> macros : packages.values()) {
            for (String name : macros.keySet()) {
                if (name.startsWith("materialization_")) {
                    names.add(name.substring("materialization_".length(), name.lastIndexOf('_')));
                }
            }
        }
        return names;
    }

    /** The packages by name, each with its macros by name. */
    public Map<String, Map<String, Macro>> packages() {
        return Collections.unmodifiableMap(packages);
    }

    /** The names a node of {@code fromPackage} may call, for suggestions. */
    public Collection<String> namesFor(String fromPackage) {
        TreeSet<String> names = new TreeSet<>(internal.keySet());
        names.addAll(packages.getOrDefault(root, Map.of()).keySet());
        names.addAll(packages.getOrDefault(fromPackage, Map.of()).keySet());
        return names;
    }
}
