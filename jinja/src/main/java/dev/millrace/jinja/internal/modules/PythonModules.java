package dev.millrace.jinja.internal.modules;

import dev.millrace.jinja.JinjaObject;
import java.util.Map;

/** The {@code modules} object of dbt's context (docs.getdbt.com/reference/dbt-jinja-functions/modules). */
public final class PythonModules {
    private static final JinjaObject ALL = new Module(
            "modules",
            Map.of(
                    "datetime", new Module("datetime", DatetimeModule.members()),
                    "pytz", new Module("pytz", PytzModule.members()),
                    "re", new Module("re", ReModule.members()),
                    "itertools", new Module("itertools", ItertoolsModule.members())));

    private PythonModules() {}

    public static JinjaObject all() {
        return ALL;
    }

    /** A module: names and nothing else. */
    record Module(String name, Map<String, Object> members) implements JinjaObject {
        @Override
        public Object attribute(String attribute) {
            Object member = members.get(attribute);
            return member == null ? missing(attribute) : member;
        }

        @Override
        public String display() {
            return "<module '" + name + "'>";
        }

        @Override
        public String typeName() {
            return "module";
        }
    }
}
