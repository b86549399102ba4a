package dev.millrace.transform.internal.macro;

import dev.millrace.jinja.Functions;
import dev.millrace.jinja.JinjaEnvironment;
import dev.millrace.jinja.PyDict;
import dev.millrace.transform.internal.relation.DbtRelation;

/** The dialect of templates in dbt projects. */
public final class DbtJinja {
    /** A relation is a mapping, too: packages tell relations from other values by that. */
    public static final JinjaEnvironment ENVIRONMENT = JinjaEnvironment.builder()
            .test(
                    "mapping",
                    Functions.of(
                            "mapping", "value", a -> a.get(0) instanceof PyDict || a.get(0) instanceof DbtRelation))
            .build();

    private DbtJinja() {}
}
