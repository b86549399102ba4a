package dev.millrace.delta;

import dev.millrace.delta.internal.DataFiles;
import dev.millrace.delta.internal.DeltaLog;
import dev.millrace.delta.internal.DeltaLog.State;
import dev.millrace.delta.internal.OldFiles;
import dev.millrace.warehouse.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A Delta table in a folder, written from queries of a DuckDB session: DuckDB writes the Parquet files, Delta Kernel
 * commits them. Every write is one commit: readers see all of it or nothing. Columns that a query has and the table
 * lacks are added; columns the query lacks are null in its rows. Timestamps without a zone are taken as UTC.
 *
 * <p>A write that meets another writer's commit throws DESTINATION_FAILED and changes nothing. Instances are stateless
 * and thread-safe; sessions are not.
 */
public final class DeltaTable {
    private final DeltaLog log;

    private DeltaTable(Path folder) {
        this.log = new DeltaLog(folder);
    }

    /** The table in {@code folder}, which need not be there yet. */
    public static DeltaTable at(Path folder) {
        return new DeltaTable(folder.toAbsolutePath().normalize());
    }

    public boolean exists() {
        return log.read().isPresent();
    }

    /** The last version {@code application} has written; empty if it has written none, or there is no table. */
    public OptionalLong version(String application) {
        return log.version(application);
    }

    /** The data files the table consists of now, in no order; empty if there is no table. */
    public List<Path> files() {
        return log.read()
                .map(state ->
                        state.files().stream().map(DeltaLog.LiveFile::path).toList())
                .orElse(List.of());
    }

    /** The names of the table's columns, in order; empty if there is no table. */
    public List<String> columns() {
        return log.read().map(state -> List.copyOf(state.schema().fieldNames())).orElse(List.of());
    }

    /**
     * The table's rows as something to select from.
     *
     * @return SQL of DuckDB, in parentheses
     */
    public String sql(Session session) {
        State state = log.read().orElseThrow(() -> log.missing());
        return DataFiles.select(session.dialect(), state);
    }

    /** Deletes data files that the table no longer consists of and that are older than {@code retention}. */
    public void vacuum(Duration retention) {
        log.read()
                .ifPresent(state -> OldFiles.delete(
                        log.folder(), state.files(), Instant.now().minus(retention)));
    }

    /** Creates the table if need be and replaces all its rows. Its columns become the query's. */
    public void overwrite(Session session, String query, List<String> partitionBy, DeltaTransaction transaction) {
        Optional<State> state = log.read();
        DataFiles files = DataFiles.write(session, log.folder(), query, partitionBy);
        log.commit(
                state,
                files,
                partitionBy,
                DeltaLog.Columns.REPLACE,
                state.map(State::files).orElse(List.of()),
                transaction);
    }

    /** Creates the table if need be and adds rows. */
    public void append(Session session, String query, List<String> partitionBy, DeltaTransaction transaction) {
        Optional<State> state = log.read();
        DataFiles files = DataFiles.write(session, log.folder(), query, partitionBy);
        log.commit(state, files, partitionBy, DeltaLog.Columns.ADD, List.of(), transaction);
    }

    /**
     * Creates the table if need be, and replaces the rows of some keys: those files that hold one of them are written
     * anew.
     *
     * @param query the rows that are there afterwards for the keys
     * @param keys a query of the keys; its columns are columns of the table
     */
    public void replace(
            Session session, String query, String keys, List<String> partitionBy, DeltaTransaction transaction) {
        Optional<State> state = log.read();
        if (state.isEmpty()) {
            append(session, query, partitionBy, transaction);
            return;
        }
        session.execute("create or replace temporary table _millrace_delta_keys as (" + keys + ")");
        List<DeltaLog.LiveFile> touched = DataFiles.holding(session, state.get(), "_millrace_delta_keys");
        String kept = touched.isEmpty()
                ? ""
                : " union all by name select * from " + DataFiles.select(session.dialect(), state.get(), touched)
                        + " as kept anti join _millrace_delta_keys using ("
                        + DataFiles.columns(session, "_millrace_delta_keys") + ")";
        DataFiles files = DataFiles.write(session, log.folder(), "select * from (" + query + ")" + kept, partitionBy);
        log.commit(state, files, partitionBy, DeltaLog.Columns.ADD, touched, transaction);
    }
}
