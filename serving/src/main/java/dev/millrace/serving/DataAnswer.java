package dev.millrace.serving;

import java.io.IOException;
import java.io.OutputStream;

/** An answer that is ready to be sent: the request is sound, its rows are not read yet. */
public interface DataAnswer {
    DataFormat format();

    /** A name for the file, should somebody keep it: {@code marts.orders.csv}. */
    String fileName();

    /**
     * Reads the rows and writes them, in memory that does not grow with their number. Leaves {@code out} open.
     *
     * @return the number of rows
     * @throws IOException when {@code out} throws it; the query is stopped then
     */
    long writeTo(OutputStream out) throws IOException;
}
