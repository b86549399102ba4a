package dev.millrace.testkit.internal.salesforce.soql;

/** A query that Salesforce would refuse, with its error code. */
public final class SoqlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    public SoqlException(String code, String message) {
        super(message);
        this.code = code;
    }

    static SoqlException malformed(String message) {
        return new SoqlException("MALFORMED_QUERY", message);
    }

    public String code() {
        return code;
    }

    public String text() {
        return String.valueOf(getMessage());
    }
}
