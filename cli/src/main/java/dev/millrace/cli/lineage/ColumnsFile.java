package dev.millrace.cli.lineage;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.sql.ColumnGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code target/column_lineage.json}: the columns of all nodes by node, as {@link ColumnsJson#of} writes each. */
public final class ColumnsFile {
    private ColumnsFile() {}

    public static void write(Path file, ColumnGraph columns) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, ColumnsJson.all(columns).toString());
        } catch (IOException e) {
            throw new MillraceException(ErrorCode.CONFIG_INVALID, "cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
