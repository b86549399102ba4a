package dev.millrace.warehouse;

/** What a relation is. */
public enum RelationType {
    TABLE,
    VIEW
}
