package dev.millrace.serving;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request for rows of a relation.
 *
 * @param relation {@code schema.table}, or the name of a model that no other relation has
 * @param parameters the decoded query parameters in order; a name may come more than once
 * @param accept the HTTP {@code Accept} header; the parameter {@code format} goes before it
 */
public record DataRequest(String relation, List<Map.Entry<String, String>> parameters, Optional<String> accept) {
    public DataRequest {
        parameters = List.copyOf(parameters);
    }
}
