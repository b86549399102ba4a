package dev.millrace.warehouse.duckdb;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.RelationName;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** DuckDB gives neither SQLState nor error numbers, so its errors are told apart by how their texts begin. */
final class DuckDbErrors {
    /** The excerpt of the statement that follows a message: its line number, the line, and a caret below. */
    private static final Pattern EXCERPT = Pattern.compile("\\n+LINE (\\d+): (.*)\\n( *\\^+)\\s*$");

    private static final Pattern LOCK_HOLDER = Pattern.compile("Conflicting lock is held in (.*?) \\(PID (\\d+)\\)");

    private static final Pattern STACK = Pattern.compile("\\n+Stack Trace:.*", Pattern.DOTALL);

    private static final String EXCERPT_INDENT = "\n  ";

    private DuckDbErrors() {}

    static String text(Throwable error) {
        String message = error.getMessage();
        return message == null ? error.getClass().getSimpleName() : message;
    }

    static MillraceException of(Throwable error) {
        if (error instanceof MillraceException known) {
            return known;
        }
        String text = STACK.matcher(text(error).replaceFirst("^java\\.sql\\.SQLException: ", ""))
                .replaceFirst("");
        ErrorCode code = code(text);
        return new MillraceException(code, readable(text), null, hint(code, text), error);
    }

    static MillraceException opening(DuckDbSettings settings, Throwable error) {
        String text = text(error);
        Matcher holder = LOCK_HOLDER.matcher(text);
        String file = settings.file().map(Object::toString).orElse("in memory");
        if (holder.find()) {
            return new MillraceException(
                    ErrorCode.WAREHOUSE_LOCKED,
                    "the DuckDB file " + file + " is open in another process: " + holder.group(1) + " (PID "
                            + holder.group(2) + ")",
                    settings.target().position(),
                    "Only one process can have a DuckDB file open. Wait until that one ends, or close it, and run again.",
                    error);
        }
        MillraceException known = of(error);
        ErrorCode code = known.code() == ErrorCode.SQL_FAILED ? ErrorCode.WAREHOUSE_FAILED : known.code();
        return new MillraceException(
                code,
                "cannot open the DuckDB database " + file + ": " + known.text(),
                settings.target().position(),
                known.hint().orElse(null),
                error);
    }

    /** Whether the same work would succeed once the other transaction is done. */
    static boolean isConflict(String text) {
        return text.contains("write-write conflict") || text.contains("Conflict on ") || text.contains("conflict on ");
    }

    private static ErrorCode code(String text) {
        if (text.startsWith("INTERRUPT Error") || text.equals("Interrupted!")) {
            return ErrorCode.CANCELLED;
        }
        if (text.contains("No space left on device") || text.contains("not enough space on the disk")) {
            return ErrorCode.DISK_FULL;
        }
        if (text.contains("Conflicting lock is held") || text.contains("Could not set lock on file")) {
            return ErrorCode.WAREHOUSE_LOCKED;
        }
        if (text.startsWith("IO Error: No files found")) {
            return ErrorCode.SQL_FAILED;
        }
        if (isConflict(text)
                || text.startsWith("TransactionContext Error")
                || text.startsWith("IO Error")
                || text.startsWith("Out of Memory Error")
                || text.startsWith("INTERNAL Error")
                || text.startsWith("FATAL Error")
                || text.startsWith("Connection Error")
                || text.startsWith("Connection was closed")
                || text.startsWith("HTTP Error")) {
            return ErrorCode.WAREHOUSE_FAILED;
        }
        return ErrorCode.SQL_FAILED;
    }

    private static @Nullable String hint(ErrorCode code, String text) {
        if (code == ErrorCode.DISK_FULL) {
            return "Free some space on the disk that holds the DuckDB file and its .tmp folder, and run again.";
        }
        if (code == ErrorCode.WAREHOUSE_LOCKED) {
            return "Only one process can have a DuckDB file open.";
        }
        if (isConflict(text)) {
            return "Another session changed the same thing at the same time. Run again.";
        }
        if (text.startsWith("Out of Memory Error")) {
            return text.contains("max_temp_directory_size")
                    ? "Raise 'max_temp_directory_size' or 'memory_limit' under 'settings' in the profile, or free disk space."
                    : "Raise 'memory_limit' under 'settings' in the profile, or lower 'threads' there.";
        }
        if (text.startsWith("FATAL Error") || text.startsWith("INTERNAL Error")) {
            return "DuckDB stopped on an error of its own; what was committed is safe. Run again.";
        }
        return null;
    }

    /** A value that the table cannot take, without the statement the user did not write. */
    static MillraceException loading(RelationName target, MillraceException error) {
        if (error.code() != ErrorCode.SQL_FAILED) {
            return error;
        }
        int excerpt = error.text().indexOf(EXCERPT_INDENT + "line ");
        String text = excerpt < 0 ? error.text() : error.text().substring(0, excerpt);
        boolean ofValue = text.startsWith("Conversion Error") || text.startsWith("Out of Range Error");
        return new MillraceException(
                ofValue ? ErrorCode.VALUE_OUT_OF_RANGE : ErrorCode.SQL_FAILED,
                "a row cannot be loaded into " + target + ": " + text,
                null,
                null,
                error);
    }

    /** The message, then the line it is about with the place marked. */
    private static String readable(String text) {
        Matcher excerpt = EXCERPT.matcher(text);
        if (!excerpt.find()) {
            return text.strip();
        }
        String head = text.substring(0, excerpt.start()).strip();
        String prefix = "line " + excerpt.group(1) + ": ";
        return head + EXCERPT_INDENT + prefix + excerpt.group(2) + EXCERPT_INDENT + excerpt.group(3);
    }
}
