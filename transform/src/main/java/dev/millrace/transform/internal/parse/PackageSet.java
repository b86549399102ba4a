package dev.millrace.transform.internal.parse;

import dev.millrace.core.MillraceException;
import dev.millrace.core.project.Project;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.transform.internal.macro.BuiltinMacros;
import dev.millrace.transform.internal.macro.Macro;
import dev.millrace.transform.internal.macro.MacroFiles;
import dev.millrace.transform.internal.macro.Macros;
import dev.millrace.transform.internal.project.DbtPackage;
import dev.millrace.transform.internal.project.FileTree;
import dev.millrace.transform.internal.project.PackageLoader;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The packages of a project and all their macros, Millrace's own among them. */
final class PackageSet {
    /** Laid in when the project has no copy of its own. */
    private static final List<String> OFFERED = List.of("dbt_utils");

    private PackageSet() {}

    static List<DbtPackage> load(Project project) {
        for (String file : List.of("packages.yml", "dependencies.yml")) {
            project.file(file).ifPresent(map -> map.maps("packages"));
        }
        return PackageLoader.load(project);
    }

    /** The macros that the packages' files define, by package and name. */
    static Map<String, Map<String, Macro>> written(
            FileTree files, List<DbtPackage> packages, Consumer<MillraceException> problems) {
        Map<String, Map<String, Macro>> all = new LinkedHashMap<>();
        for (DbtPackage owner : packages) {
            all.put(owner.name(), MacroFiles.read(files, owner, problems));
        }
        return all;
    }

    /** With Millrace's own. */
    static Macros macros(Project project, List<DbtPackage> packages, Map<String, Map<String, Macro>> written) {
        Map<String, Map<String, Macro>> all = new LinkedHashMap<>(written);
        for (String offered : OFFERED) {
            all.computeIfAbsent(offered, BuiltinMacros::of);
        }
        String adapterPackage = "dbt_" + project.target().type();
        all.put(Macros.INTERNAL, BuiltinMacros.of(Macros.INTERNAL));
        List<String> internal = List.of(Macros.INTERNAL);
        if (adapterPackage.equals("dbt_duckdb")) {
            all.put(adapterPackage, BuiltinMacros.of(adapterPackage));
            internal = List.of(adapterPackage, Macros.INTERNAL);
        }
        return new Macros(
                project.name(),
                project.target().type(),
                all,
                internal,
                searchOrders(packages.get(0).file()));
    }

    private static Map<String, List<String>> searchOrders(YamlMap file) {
        Map<String, List<String>> orders = new HashMap<>();
        for (YamlMap entry : file.maps("dispatch")) {
            orders.put(entry.requireString("macro_namespace"), entry.strings("search_order"));
        }
        return orders;
    }
}
