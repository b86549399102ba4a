package dev.millrace.transform.internal.context;

import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.Call;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.Functions;
import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.None;
import dev.millrace.jinja.Parameters;
import dev.millrace.jinja.Values;
import dev.millrace.transform.internal.relation.DbtColumn;
import dev.millrace.transform.internal.relation.DbtRelation;
import dev.millrace.transform.internal.relation.RelationKind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code api.Relation} and {@code api.Column} (docs.getdbt.com/reference/dbt-classes). Thread-safe. */
final class ApiNames {
    private ApiNames() {}

    static final Namespace API =
            Namespace.of("api", Map.of("Relation", new RelationType(), "Column", new ColumnType()));

    /** The class of relations. */
    static final class RelationType implements JinjaObject {
        private static final Callable CREATE = Functions.of(
                "create", "database=None, schema=None, identifier=None, type=None, **kwargs", RelationType::create);
        private static final Callable SCRATCH =
                Functions.of("create_from_source", "source, **kwargs", arguments -> arguments.get(0));

        private static Object create(Arguments a) {
            return DbtRelation.of(
                    text(a.get(0)),
                    text(a.get(1)),
                    text(a.get(2)),
                    a.isNone(3) ? null : RelationKind.of(Values.str(a.get(3))));
        }

        @Override
        public Object attribute(String name) {
            return switch (name) {
                case "create" -> CREATE;
                case "create_from_source" -> SCRATCH;
                case "Table" -> "table";
                case "View" -> "view";
                case "CTE" -> "cte";
                case "External" -> "external";
                case "MaterializedView" -> "materialized_view";
                case "get_relation_type" ->
                    Namespace.of(
                            "RelationType",
                            Map.of(
                                    "Table",
                                    "table",
                                    "View",
                                    "view",
                                    "CTE",
                                    "cte",
                                    "External",
                                    "external",
                                    "MaterializedView",
                                    "materialized_view"));
                default -> missing(name);
            };
        }
    }

    /** The class of columns. */
    static final class ColumnType implements JinjaObject, Callable {
        private static final Parameters PARAMETERS =
                Parameters.of("Column", "column, dtype, char_size=None, numeric_precision=None, numeric_scale=None");
        private static final Callable CREATE =
                Functions.of("create", "name, label_or_dtype", a -> DbtColumn.of(a.string(0), translate(a.string(1))));
        private static final Callable TRANSLATE = Functions.of("translate_type", "dtype", a -> translate(a.string(0)));
        private static final Callable STRING_TYPE =
                Functions.of("string_type", "size=256", a -> "character varying(" + Values.str(a.get(0)) + ")");
        private static final Callable NUMERIC_TYPE = Functions.of(
                "numeric_type",
                "dtype, precision, scale",
                a -> a.isNone(1) || a.isNone(2)
                        ? a.get(0)
                        : a.string(0) + "(" + Values.str(a.get(1)) + "," + Values.str(a.get(2)) + ")");

        private static String translate(String type) {
            return type.equalsIgnoreCase("string") ? "TEXT" : type;
        }

        @Override
        public Object call(Call call) {
            Arguments a = PARAMETERS.bind(call);
            return new DbtColumn(a.string(0), a.string(1), number(a.get(2)), number(a.get(3)), number(a.get(4)));
        }

        private static @Nullable Long number(Object value) {
            return value instanceof Number number ? Long.valueOf(number.longValue()) : null;
        }

        @Override
        public Object attribute(String name) {
            return switch (name) {
                case "create" -> CREATE;
                case "translate_type" -> TRANSLATE;
                case "string_type" -> STRING_TYPE;
                case "numeric_type" -> NUMERIC_TYPE;
                default -> missing(name);
            };
        }
    }

    private static @Nullable String text(Object value) {
        return value == None.NONE ? null : Values.str(value);
    }
}
