package dev.millrace.delta.internal;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.Dialect;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Table;
import io.delta.kernel.types.StructType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Parquet files that DuckDB has written for a commit and that no commit names yet.
 *
 * @param schema of their rows
 */
public record DataFiles(StructType schema, List<NewFile> files) {
    /** @param columns DuckDB's statistics by column */
    record NewFile(Path path, long size, long rows, Map<?, ?> columns, Map<String, String> partition) {}

    /** Writes what the query gives; files without rows are left out. */
    public static DataFiles write(Session session, Path folder, String query, List<String> partitionBy) {
        createFolder(folder);
        List<DeltaTypes.Mapped> columns = DeltaTypes.map(session.dialect(), describe(session, query));
        requireColumns(columns, partitionBy);
        String select = columns.stream()
                .map(c -> c.expression() + " as " + session.dialect().quote(c.name()))
                .collect(Collectors.joining(", "));
        String from = "copy (select " + select + " from (" + query + ")) to ";
        String unique = UUID.randomUUID().toString();
        Table written = partitionBy.isEmpty()
                ? session.query(from + literal(session, folder.resolve("part-" + unique + ".parquet"))
                        + " (format parquet, compression snappy, return_stats)")
                : session.query(from + literal(session, folder) + " (format parquet, compression snappy, partition_by ("
                        + partitionBy.stream().map(session.dialect()::quote).collect(Collectors.joining(", "))
                        + "), write_partition_columns true, append, filename_pattern 'part-{uuid}', return_stats)");
        return new DataFiles(DeltaTypes.schema(columns), files(written));
    }

    private static void createFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.DESTINATION_FAILED, "cannot create the folder " + folder + " of a Delta table", e);
        }
    }

    private static void requireColumns(List<DeltaTypes.Mapped> columns, List<String> wanted) {
        Set<String> names = columns.stream().map(DeltaTypes.Mapped::name).collect(Collectors.toSet());
        for (String column : wanted) {
            if (!names.contains(column)) {
                throw new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        "there is no column " + column + " to partition by",
                        null,
                        "Columns: " + String.join(", ", names) + ".",
                        null);
            }
        }
    }

    private static List<NewFile> files(Table written) {
        Map<String, Integer> index = new HashMap<>();
        for (int i = 0; i < written.columns().size(); i++) {
            index.put(written.columns().get(i).name(), i);
        }
        List<NewFile> files = new ArrayList<>();
        for (List<@Nullable Object> row : written.rows()) {
            long rows = number(row.get(index(index, "count")));
            Path path = Path.of(String.valueOf(row.get(index(index, "filename"))));
            if (rows == 0) {
                delete(path);
                continue;
            }
            Map<String, String> partition = new TreeMap<>();
            if (row.get(index(index, "partition_keys")) instanceof Map<?, ?> keys) {
                keys.forEach((key, value) -> partition.put(String.valueOf(key), partitionValue(value)));
            }
            Map<?, ?> columns =
                    row.get(index(index, "column_statistics")) instanceof Map<?, ?> known ? known : Map.of();
            files.add(new NewFile(path, number(row.get(index(index, "file_size_bytes"))), rows, columns, partition));
        }
        return files;
    }

    private static int index(Map<String, Integer> index, String name) {
        Integer known = index.get(name);
        if (known == null) {
            throw new MillraceException(
                    ErrorCode.INTERNAL, "DuckDB does not tell " + name + " of files it has written");
        }
        return known;
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    private static String partitionValue(@Nullable Object value) {
        return value == null || value.equals("NULL") ? "" : String.valueOf(value);
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new MillraceException(ErrorCode.DESTINATION_FAILED, "cannot delete " + path, e);
        }
    }

    private static List<Column> describe(Session session, String query) {
        List<Column> columns = new ArrayList<>();
        session.query("describe " + query)
                .rows()
                .forEach(row -> columns.add(new Column(String.valueOf(row.get(0)), String.valueOf(row.get(1)), true)));
        return columns;
    }

    /** The columns of a relation, quoted, for a {@code using} list. */
    public static String columns(Session session, String relation) {
        return describe(session, "select * from " + relation).stream()
                .map(column -> session.dialect().quote(column.name()))
                .collect(Collectors.joining(", "));
    }

    private static String literal(Session session, Path path) {
        return session.dialect().literal(path.toString());
    }

    public static String select(Dialect dialect, DeltaLog.State state) {
        return select(dialect, state, state.files());
    }

    /** The rows of some files of a table, in parentheses. */
    public static String select(Dialect dialect, DeltaLog.State state, List<DeltaLog.LiveFile> files) {
        String columns =
                state.schema().fieldNames().stream().map(dialect::quote).collect(Collectors.joining(", "));
        if (files.isEmpty()) {
            String nothing = state.schema().fieldNames().stream()
                    .map(name -> "null as " + dialect.quote(name))
                    .collect(Collectors.joining(", "));
            return "(select " + nothing + " where false)";
        }
        String list = files.stream()
                .map(file -> dialect.literal(file.path().toString()))
                .collect(Collectors.joining(", "));
        return "(select " + columns + " from read_parquet([" + list
                + "], union_by_name = true, hive_partitioning = false))";
    }

    /** The files that hold at least one row of these keys. */
    public static List<DeltaLog.LiveFile> holding(Session session, DeltaLog.State state, String keys) {
        if (state.files().isEmpty()) {
            return List.of();
        }
        String list = state.files().stream()
                .map(file -> session.dialect().literal(file.path().toString()))
                .collect(Collectors.joining(", "));
        Set<String> names = session
                .query("select distinct filename from read_parquet([" + list
                        + "], union_by_name = true, hive_partitioning = false, filename = true) semi join " + keys
                        + " using ("
                        + columns(session, keys) + ")")
                .rows()
                .stream()
                .map(row -> String.valueOf(row.get(0)))
                .collect(Collectors.toSet());
        return state.files().stream()
                .filter(file -> names.contains(file.path().toString()))
                .toList();
    }
}
