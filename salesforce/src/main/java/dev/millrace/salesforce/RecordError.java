package dev.millrace.salesforce;

import java.util.List;

/**
 * Why Salesforce refused a record.
 *
 * @param statusCode such as {@code REQUIRED_FIELD_MISSING}
 * @param fields the fields it is about, if Salesforce named any
 */
public record RecordError(String statusCode, String message, List<String> fields) {
    public RecordError {
        fields = List.copyOf(fields);
    }
}
