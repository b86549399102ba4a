package dev.millrace.cdc.internal.apply;

import dev.millrace.cdc.internal.config.TableId;
import dev.millrace.core.MillraceException;

/** A table's rows may have got values that no log tells, so that the table has to be read anew. */
public final class RereadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient TableId table;
    private final MillraceException reason;

    /** @param reason what to say where it cannot be read anew */
    RereadException(TableId table, MillraceException reason) {
        super(reason.getMessage(), reason);
        this.table = table;
        this.reason = reason;
    }

    public TableId table() {
        return table;
    }

    public MillraceException reason() {
        return reason;
    }
}
