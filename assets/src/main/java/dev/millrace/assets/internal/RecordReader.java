package dev.millrace.assets.internal;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.warehouse.BatchReader;
import dev.millrace.warehouse.ColumnWriter;
import java.util.Iterator;
import java.util.function.Function;

/** Records on their way into the warehouse. Used by one thread. */
final class RecordReader implements BatchReader {
    private final RecordColumns columns;
    private final Iterator<?> records;
    private final Function<RuntimeException, MillraceException> failure;

    /** @param failure makes an error of what the asset's code throws: a stream runs it only now */
    RecordReader(RecordColumns columns, Iterator<?> records, Function<RuntimeException, MillraceException> failure) {
        this.columns = columns;
        this.records = records;
        this.failure = failure;
    }

    @Override
    public int read(ColumnWriter[] writers, int capacity) {
        int row = 0;
        while (row < capacity) {
            Object record;
            try {
                if (!records.hasNext()) {
                    return row;
                }
                record = records.next();
            } catch (RuntimeException e) {
                throw failure.apply(e);
            }
            if (record == null) {
                throw new MillraceException(ErrorCode.VALUE_OUT_OF_RANGE, "the asset returned null among its records");
            }
            columns.write(record, row, writers);
            row++;
        }
        return row;
    }

    @Override
    public void close() {}
}
