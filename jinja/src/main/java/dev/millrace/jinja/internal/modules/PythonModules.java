package dev.millrace.jinja.internal.modules;

import dev.millrace.jinja.JinjaObject;
import java.util.Map;

/** The {@code modules} object of dbt's context. */
public final class PythonModules {
    private PythonModules() {}

    public static JinjaObject all() {
        return new Module("modules", Map.of());
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
