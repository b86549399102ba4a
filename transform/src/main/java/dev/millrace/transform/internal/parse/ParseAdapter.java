package dev.millrace.transform.internal.parse;

import dev.millrace.jinja.Callable;
import dev.millrace.jinja.Functions;
import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.None;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.PyTuple;
import dev.millrace.transform.internal.context.ProjectContext;
import dev.millrace.transform.internal.relation.ResultTable;
import org.jspecify.annotations.Nullable;

/** {@code adapter} at parse time: dispatch works, every question about the warehouse has an empty answer. */
final class ParseAdapter implements JinjaObject {
    private final @Nullable Callable dispatch;
    private final ProjectContext project;

    ParseAdapter(@Nullable Callable dispatch, ProjectContext project) {
        this.dispatch = dispatch;
        this.project = project;
    }

    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "dispatch" -> dispatch == null ? missing(name) : dispatch;
            case "quote" -> Functions.of(name, "identifier", a -> "\"" + a.get(0) + "\"");
            case "type" -> Functions.of(name, "", a -> project.adapterType());
            case "get_relation", "load_relation" -> Functions.of(name, "*args, **kwargs", a -> None.NONE);
            case "execute" -> Functions.of(name, "*args, **kwargs", a -> PyTuple.of("", ResultTable.EMPTY));
            case "get_columns_in_relation",
                    "get_missing_columns",
                    "list_relations",
                    "list_relations_without_caching",
                    "list_schemas",
                    "get_column_schema_from_query" -> Functions.of(name, "*args, **kwargs", a -> new PyList());
            case "check_schema_exists", "is_replaceable" -> Functions.of(name, "*args, **kwargs", a -> false);
            case "standardize_grants_dict" -> Functions.of(name, "*args, **kwargs", a -> new PyDict());
            case "config" -> new PyDict();
            default -> Functions.of(name, "*args, **kwargs", a -> None.NONE);
        };
    }

    @Override
    public String typeName() {
        return "adapter";
    }
}
