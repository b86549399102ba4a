package dev.millrace.events.internal.json;

/** What a JSON value is. Whole numbers beyond 64 bits are BIG. */
public enum JsonKind {
    NULL,
    TRUE,
    FALSE,
    INT,
    BIG,
    FLOAT,
    STRING,
    OBJECT,
    ARRAY;

    public boolean isNested() {
        return this == OBJECT || this == ARRAY;
    }
}
