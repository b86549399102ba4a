package dev.millrace.warehouse;

import dev.millrace.core.graph.RelationName;

/** A relation that exists. */
public record Relation(RelationName name, RelationType type) {}
