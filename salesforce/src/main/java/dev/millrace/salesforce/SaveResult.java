package dev.millrace.salesforce;

import java.util.List;
import java.util.Optional;

/**
 * What became of one record of a collection.
 *
 * @param id the record's id, if it was written
 * @param created whether it is new; known after an upsert or a create
 * @param errors why not, if it was not written
 */
public record SaveResult(Optional<String> id, boolean success, boolean created, List<RecordError> errors) {
    public SaveResult {
        errors = List.copyOf(errors);
    }
}
