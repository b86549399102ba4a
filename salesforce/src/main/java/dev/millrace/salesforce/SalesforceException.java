package dev.millrace.salesforce;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A request to Salesforce that failed as a whole, with what Salesforce said. It holds no secret. */
public final class SalesforceException extends MillraceException {
    private static final long serialVersionUID = 1L;

    private final String errorCode;
    private final int httpStatus;

    SalesforceException(
            ErrorCode code,
            String errorCode,
            int httpStatus,
            String message,
            @Nullable String hint,
            @Nullable Throwable cause) {
        super(code, message, null, hint, cause);
        this.errorCode = errorCode;
        this.httpStatus = httpStatus;
    }

    /** Salesforce's own code, such as {@code INVALID_FIELD} or {@code invalid_grant}; empty if it gave none. */
    public String errorCode() {
        return errorCode;
    }

    /** Empty if there was no answer. */
    public OptionalInt httpStatus() {
        return httpStatus == 0 ? OptionalInt.empty() : OptionalInt.of(httpStatus);
    }
}
