package dev.millrace.transform.internal.relation;

import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.None;
import dev.millrace.jinja.Values;
import org.jspecify.annotations.Nullable;

/** {@code relation.information_schema('tables')}. */
final class InformationSchema implements JinjaObject {
    private final DbtRelation relation;
    private final @Nullable String view;

    private InformationSchema(DbtRelation relation, @Nullable String view) {
        this.relation = relation;
        this.view = view;
    }

    static InformationSchema of(DbtRelation relation, Object view) {
        return new InformationSchema(relation, view == None.NONE ? null : Values.str(view));
    }

    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "database" -> relation.database() == null ? None.NONE : relation.database();
            case "schema" -> relation.schema();
            case "information_schema_view" -> view == null ? None.NONE : view;
            default -> missing(name);
        };
    }

    @Override
    public String display() {
        String prefix = relation.database() == null ? "" : "\"" + relation.database() + "\".";
        return prefix + "INFORMATION_SCHEMA" + (view == null ? "" : "." + view);
    }

    @Override
    public String typeName() {
        return "InformationSchema";
    }
}
