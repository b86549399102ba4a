package dev.millrace.core;

/**
 * Stable names of everything that can go wrong. A code is part of the command's contract: scripts match on it,
 * docs/errors.md explains it, and it is never renamed.
 */
public enum ErrorCode {
    // Project files
    PROJECT_NOT_FOUND(Category.USER),
    YAML_SYNTAX(Category.USER),
    CONFIG_INVALID(Category.USER),
    CONFIG_MISSING(Category.USER),
    ENV_VAR_MISSING(Category.USER),
    VAR_MISSING(Category.USER),
    PROFILE_NOT_FOUND(Category.USER),
    TARGET_NOT_FOUND(Category.USER),
    ADAPTER_NOT_FOUND(Category.USER),
    TEMPLATE_SYNTAX(Category.USER),
    TEMPLATE_FAILED(Category.USER),

    // The graph
    NODE_DUPLICATE(Category.USER),
    RELATION_TWO_WRITERS(Category.USER),
    REF_NOT_FOUND(Category.USER),
    SOURCE_NOT_FOUND(Category.USER),
    MACRO_NOT_FOUND(Category.USER),
    CONTRACT_BROKEN(Category.USER),
    ACCESS_DENIED(Category.USER),
    GRAPH_CYCLE(Category.USER),
    SELECTOR_INVALID(Category.USER),
    /** A query that could not be run, found before anything ran. */
    SQL_INVALID(Category.USER),
    STREAM_QUERY_UNSUPPORTED(Category.USER),
    STREAM_QUERY_CHANGED(Category.USER),

    // The command line
    USAGE(Category.USER),

    // What others ask of the served models
    QUERY_NOT_ALLOWED(Category.USER),
    REQUEST_INVALID(Category.USER),
    RELATION_NOT_FOUND(Category.USER),

    // Systems outside
    CONNECTION_REFUSED(Category.EXTERNAL),
    AUTHENTICATION_FAILED(Category.EXTERNAL),
    CONNECTION_LOST(Category.EXTERNAL),
    SOURCE_FAILED(Category.EXTERNAL),
    DESTINATION_FAILED(Category.EXTERNAL),
    WAREHOUSE_LOCKED(Category.EXTERNAL),
    WAREHOUSE_FAILED(Category.EXTERNAL),
    DISK_FULL(Category.EXTERNAL),
    STREAM_NOT_FOUND(Category.EXTERNAL),
    TIMEOUT(Category.EXTERNAL),

    // What the data or the SQL says
    SQL_FAILED(Category.DATA),
    TYPE_NOT_MAPPED(Category.DATA),
    VALUE_OUT_OF_RANGE(Category.DATA),
    SCHEMA_CHANGED(Category.DATA),
    OFFSETS_LOST(Category.DATA),
    /** The source cannot be captured as it is: its settings, a table without a key. */
    CDC_NOT_READY(Category.DATA),
    /** The source no longer keeps the changes that come next. */
    CDC_SLOT_LOST(Category.DATA),
    /** What is in the warehouse is no ground to go on from. */
    CDC_SNAPSHOT_NEEDED(Category.DATA),
    TEST_FAILED(Category.DATA),
    ROWS_REJECTED(Category.DATA),

    // Orchestration
    PIPELINE_NOT_FOUND(Category.USER),
    RUN_NOT_FOUND(Category.USER),
    /** The run is not in a state that allows it. */
    RUN_STATE(Category.USER),
    STEP_FAILED(Category.EXTERNAL),
    RUN_STORE_FAILED(Category.EXTERNAL),

    // Assets in Java
    JAVA_INVALID(Category.USER),
    JAVA_COMPILER_MISSING(Category.USER),
    ASSET_FAILED(Category.DATA),

    CANCELLED(Category.USER),
    INTERNAL(Category.INTERNAL);

    /** Whose move it is when the error appears. */
    public enum Category {
        /** A file or a flag is wrong: mend it and run again. */
        USER,
        /** A system outside did not do its part: it may well work on the next try. */
        EXTERNAL,
        /** The data, or the SQL over it, does not hold what was expected. */
        DATA,
        /** A defect of Millrace. */
        INTERNAL
    }

    private final Category category;

    ErrorCode(Category category) {
        this.category = category;
    }

    public Category category() {
        return category;
    }

    /** Whether the same step may well work a moment later: only then is it tried again. */
    public boolean mayPass() {
        return category == Category.EXTERNAL
                && this != AUTHENTICATION_FAILED
                && this != STREAM_NOT_FOUND
                && this != DISK_FULL;
    }
}
