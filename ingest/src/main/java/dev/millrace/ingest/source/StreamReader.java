package dev.millrace.ingest.source;

import dev.millrace.warehouse.BatchReader;
import dev.millrace.warehouse.DataType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A stream that is being read. Its rows are those of one instant. Close it in any case. */
public interface StreamReader extends BatchReader {
    /** The columns as they are read. */
    List<DataType.Field> fields();

    /** Columns of which the source itself guarantees that they tell rows apart; empty if there are none. */
    List<String> primaryKey();

    /** About how many rows will come, if that is cheap to know. */
    OptionalLong estimatedRows();

    /**
     * A cursor value as text: rows that were being written while this read began, and are not seen by it, will carry
     * this value or a later one. Empty if that is not known.
     */
    Optional<String> settledUntil();

    /**
     * Stops the reading at once; {@link #read} then throws CANCELLED. May be called from any thread, and at any time.
     */
    void cancel();
}
