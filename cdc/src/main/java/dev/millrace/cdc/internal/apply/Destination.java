package dev.millrace.cdc.internal.apply;

import dev.millrace.cdc.internal.config.TableId;
import dev.millrace.cdc.internal.config.TableOptions;
import dev.millrace.core.graph.RelationName;

/** Where the rows of a table go, and how they are kept there. */
public record Destination(TableId table, RelationName relation, TableOptions options) {}
