package dev.millrace.transform.internal.context;

import dev.millrace.core.graph.LogLevel;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.Functions;
import dev.millrace.jinja.Values;
import dev.millrace.transform.internal.relation.Methods;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code exceptions.…}: ways for a template to stop or to warn
 * (docs.getdbt.com/reference/dbt-jinja-functions/exceptions).
 */
final class ExceptionNames {
    private static final List<String> RAISING = List.of(
            "raise_compiler_error",
            "raise_database_error",
            "raise_parsing_error",
            "raise_dependency_error",
            "missing_config",
            "missing_materialization",
            "missing_relation",
            "raise_ambiguous_alias",
            "raise_ambiguous_catalog_match",
            "raise_cache_inconsistent",
            "raise_dataclass_not_dict",
            "raise_duplicate_resource_name",
            "raise_invalid_property_yml_version",
            "raise_not_implemented",
            "relation_wrong_type",
            "raise_contract_error",
            "column_type_missing",
            "raise_fail_fast_error",
            "raise_invalid_package_error");

    private static final Map<String, Callable> FUNCTIONS = functions();

    private static final Methods<Log> METHODS = new Methods<Log>().add("warn", "msg, node=None", (log, a) -> {
        log.write(LogLevel.WARN, Values.str(a.get(0)));
        return "";
    });

    private static Map<String, Callable> functions() {
        Map<String, Callable> functions = new LinkedHashMap<>();
        for (String name : RAISING) {
            functions.put(name, Functions.of(name, "msg='', *args, **kwargs", arguments -> {
                throw CompilerException.of(Values.str(arguments.get(0)));
            }));
        }
        return functions;
    }

    private ExceptionNames() {}

    static Namespace of(Log log) {
        return new Namespace("exceptions", "'exceptions' has no attribute", name -> {
            Callable raising = FUNCTIONS.get(name);
            return raising == null ? METHODS.bind(log, name) : raising;
        });
    }
}
