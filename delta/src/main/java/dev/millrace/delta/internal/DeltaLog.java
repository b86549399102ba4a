package dev.millrace.delta.internal;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.delta.DeltaTransaction;
import io.delta.kernel.Operation;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Table;
import io.delta.kernel.Transaction;
import io.delta.kernel.TransactionBuilder;
import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.hook.PostCommitHook;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterable;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The log of one Delta table: what it consists of, and commits to it. Stateless. */
public final class DeltaLog {
    private static final String ENGINE = "Millrace";

    private final Path folder;
    private final Engine engine = new LocalEngine();

    public DeltaLog(Path folder) {
        this.folder = folder;
    }

    /** Delta Kernel's own engine, without Hadoop's file systems. */
    private static final class LocalEngine extends DefaultEngine {
        LocalEngine() {
            super(new LocalFiles());
        }
    }

    /** What becomes of the table's columns in a commit. */
    public enum Columns {
        /** They become those of the new files. */
        REPLACE,
        /** Those of the new files are added. */
        ADD
    }

    /** A file of the table. */
    public record LiveFile(Path path, AddFile action) {}

    /** The table as of one version. */
    public record State(SnapshotImpl snapshot, StructType schema, List<LiveFile> files) {}

    /** Anew for each use: it would remember what it has read. */
    private Table table() {
        return Table.forPath(engine, LocalFiles.uri(folder));
    }

    public Path folder() {
        return folder;
    }

    public MillraceException missing() {
        return new MillraceException(ErrorCode.STREAM_NOT_FOUND, "there is no Delta table in " + folder);
    }

    private Optional<SnapshotImpl> snapshot() {
        if (!Files.isDirectory(folder.resolve("_delta_log"))) {
            return Optional.empty();
        }
        try {
            Snapshot latest = table().getLatestSnapshot(engine);
            return Optional.of((SnapshotImpl) latest);
        } catch (TableNotFoundException e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            throw failed("read", e);
        }
    }

    private MillraceException failed(String verb, Exception e) {
        return new MillraceException(
                ErrorCode.DESTINATION_FAILED,
                "cannot " + verb + " the Delta table " + folder + ": " + e.getMessage(),
                e);
    }

    public OptionalLong version(String application) {
        Optional<Long> version = snapshot().flatMap(latest -> latest.getLatestTransactionVersion(engine, application));
        return version.isPresent() ? OptionalLong.of(version.get()) : OptionalLong.empty();
    }

    public Optional<State> read() {
        return snapshot().map(latest -> new State(latest, latest.getSchema(), files(latest)));
    }

    private List<LiveFile> files(SnapshotImpl latest) {
        List<LiveFile> files = new ArrayList<>();
        try (CloseableIterator<FilteredColumnarBatch> batches =
                latest.getScanBuilder().build().getScanFiles(engine)) {
            while (batches.hasNext()) {
                try (CloseableIterator<Row> rows = batches.next().getRows()) {
                    while (rows.hasNext()) {
                        files.add(file(new AddFile(rows.next().getStruct(0))));
                    }
                }
            }
        } catch (IOException e) {
            throw failed("read", e);
        }
        return files;
    }

    private LiveFile file(AddFile action) {
        if (action.getDeletionVector().isPresent()) {
            throw new MillraceException(
                    ErrorCode.DESTINATION_FAILED,
                    "the Delta table " + folder + " has deletion vectors, which another engine wrote",
                    null,
                    "Rewrite it there (REORG TABLE … APPLY (PURGE)) and set delta.enableDeletionVectors to false.",
                    null);
        }
        String path = java.net.URI.create(action.getPath()).getPath();
        return new LiveFile(folder.resolve(path), action);
    }

    /**
     * Commits new files and removes old ones, if nothing was committed since {@code before} was read.
     *
     * @param before empty to create the table
     */
    public void commit(
            Optional<State> before,
            DataFiles added,
            List<String> partitionBy,
            Columns columns,
            List<LiveFile> removed,
            DeltaTransaction transaction) {
        try {
            TransactionBuilder builder = table().createTransactionBuilder(
                            engine, ENGINE, before.isPresent() ? Operation.WRITE : Operation.CREATE_TABLE)
                    .withTransactionId(engine, transaction.application(), transaction.version())
                    .withMaxRetries(0);
            if (before.isEmpty()) {
                builder = builder.withSchema(engine, added.schema()).withPartitionColumns(engine, partitionBy);
            }
            Transaction commit = builder.build(engine);
            long read = before.map(state -> state.snapshot().getVersion()).orElse(-1L);
            if (commit.getReadTableVersion() != read) {
                throw new MillraceException(
                        ErrorCode.DESTINATION_FAILED, "another writer has committed to the Delta table " + folder);
            }
            List<Row> actions = actions(before, added, columns, removed);
            TransactionCommitResult result = commit.commit(
                    engine, CloseableIterable.inMemoryIterable(Utils.toCloseableIterator(actions.iterator())));
            for (PostCommitHook hook : result.getPostCommitHooks()) {
                // A checksum would hold the columns the transaction knows of, not those of an action of ours.
                if (hook.getType() == PostCommitHook.PostCommitHookType.CHECKPOINT) {
                    hook.threadSafeInvoke(engine);
                }
            }
        } catch (KernelException | IOException e) {
            throw failed("write", e);
        }
    }

    private List<Row> actions(Optional<State> before, DataFiles added, Columns columns, List<LiveFile> removed) {
        List<Row> actions = new ArrayList<>();
        before.ifPresent(state -> {
            StructType wanted = columns == Columns.REPLACE ? added.schema() : union(state.schema(), added.schema());
            if (!wanted.equals(state.schema())) {
                actions.add(SingleAction.createMetadataSingleAction(
                        state.snapshot().getMetadata().withNewSchema(wanted).toRow()));
            }
        });
        for (LiveFile file : removed) {
            actions.add(
                    SingleAction.createRemoveFileSingleAction(file.action().toRemoveFileRow(true, Optional.empty())));
        }
        long now = System.currentTimeMillis();
        for (DataFiles.NewFile file : added.files()) {
            actions.add(SingleAction.createAddFileSingleAction(add(added.schema(), file, now)));
        }
        return actions;
    }

    private Row add(StructType schema, DataFiles.NewFile file, long now) {
        Map<String, String> partition = new HashMap<>();
        file.partition().forEach((key, value) -> partition.put(key, value.isEmpty() ? null : value));
        String path = folder.toUri().relativize(file.path().toUri()).toString();
        return AddFile.createAddFileRow(
                schema,
                path,
                VectorUtils.stringStringMapValue(partition),
                file.size(),
                now,
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(FileStatistics.of(file.rows(), file.columns(), schema)));
    }

    /** The table's columns, then those it lacks. */
    private StructType union(StructType known, StructType fresh) {
        StructType all = known;
        for (StructField field : fresh.fields()) {
            int index = known.indexOf(field.getName());
            if (index < 0) {
                all = all.add(field);
            } else if (!known.at(index).getDataType().equivalent(field.getDataType())) {
                throw new MillraceException(
                        ErrorCode.SCHEMA_CHANGED,
                        "the column " + field.getName() + " of the Delta table " + folder + " is of type "
                                + known.at(index).getDataType() + ", but its rows are now of type "
                                + field.getDataType(),
                        null,
                        "Write the table anew with --full-refresh.",
                        null);
            }
        }
        return all;
    }
}
