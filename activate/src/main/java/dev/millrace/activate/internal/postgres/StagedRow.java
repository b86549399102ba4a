package dev.millrace.activate.internal.postgres;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/**
 * A row of the staging table.
 *
 * @param key as text
 * @param values one per column, as PostgreSQL reads them
 */
record StagedRow(String key, List<@Nullable String> values) {
    /** Sends rows in COPY's text format, numbered from 0. */
    static void copy(List<StagedRow> rows, CopyIn copy) throws SQLException {
        try {
            for (int n = 0; n < rows.size(); n++) {
                byte[] line = rows.get(n).line(n).getBytes(StandardCharsets.UTF_8);
                copy.writeToCopy(line, 0, line.length);
            }
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private String line(int number) {
        StringBuilder line = new StringBuilder().append(number);
        for (String value : values) {
            line.append('\t');
            if (value == null) {
                line.append("\\N");
            } else {
                escape(value, line);
            }
        }
        return line.append('\n').toString();
    }

    private static void escape(String value, StringBuilder line) {
        for (int i = 0; i < value.length(); i++) {
            char next = value.charAt(i);
            switch (next) {
                case '\\' -> line.append("\\\\");
                case '\t' -> line.append("\\t");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                default -> line.append(next);
            }
        }
    }
}
