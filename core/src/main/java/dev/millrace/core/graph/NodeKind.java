package dev.millrace.core.graph;

import java.util.Locale;

/** What a node of the graph is; dbt's resource types and those dbt has no word for. */
public enum NodeKind {
    MODEL,
    SEED,
    SNAPSHOT,
    SOURCE,
    TEST,
    /**
     * A test of a model's query on given rows. Its input in the graph is the model, but it runs as soon as what the
     * model reads is there, and the model waits for it.
     */
    UNIT_TEST,
    ANALYSIS,
    OPERATION,
    EXPOSURE,
    METRIC,
    SEMANTIC_MODEL,
    SAVED_QUERY,
    /** One stream (table or endpoint) of a connection. */
    CONNECTION,
    /** A change data capture connector, or one table of it. */
    CDC,
    /** One topic of a broker, landed in the warehouse. */
    TOPIC,
    /** An asset made by Java code. */
    ASSET,
    /** One expectation of a suite on a relation. */
    EXPECTATION,
    /** A sync: reverse ETL of one model into one object of a destination. */
    SYNC;

    private final String key = name().toLowerCase(Locale.ROOT);

    /**
     * The first part of a node's id and the value of the {@code resource_type} selector: {@code model},
     * {@code unit_test} …
     */
    public String key() {
        return key;
    }
}
