package dev.millrace.transform.internal.adapter;

import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.None;

/** What the warehouse said to a statement, as templates see it. */
public record Response(String message, long rows) implements JinjaObject {
    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "_message" -> message;
            case "code" -> message;
            case "rows_affected" -> rows < 0 ? None.NONE : rows;
            default -> missing(name);
        };
    }

    @Override
    public String display() {
        return message;
    }

    @Override
    public String typeName() {
        return "AdapterResponse";
    }
}
