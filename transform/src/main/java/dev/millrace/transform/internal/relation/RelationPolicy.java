package dev.millrace.transform.internal.relation;

import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.None;
import dev.millrace.jinja.Values;
import org.jspecify.annotations.Nullable;

/** A yes or no for each part of a relation's name: whether it is written, or quoted. */
public record RelationPolicy(boolean database, boolean schema, boolean identifier) {
    public static final RelationPolicy ALL = new RelationPolicy(true, true, true);

    /** With the parts changed that the call names. */
    RelationPolicy with(Arguments arguments) {
        return new RelationPolicy(
                choose(arguments.get("database"), database),
                choose(arguments.get("schema"), schema),
                choose(arguments.get("identifier"), identifier));
    }

    RelationPolicy without(String part) {
        return new RelationPolicy(
                database && !part.equals("database"),
                schema && !part.equals("schema"),
                identifier && !part.equals("identifier"));
    }

    private static boolean choose(@Nullable Object value, boolean fallback) {
        return (value == null || value == None.NONE) ? fallback : Values.truth(value);
    }
}
