package dev.millrace.sql.internal;

/** A column of a relation inside a query; the name is empty where the engine makes one up. */
record Field(String name, Value value) {
    boolean isNamed(String other) {
        return name.equalsIgnoreCase(other);
    }
}
