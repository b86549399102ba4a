package dev.millrace.testkit.internal.salesforce;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** One error as Salesforce words it: a code, a message, and the fields it is about. */
record ApiError(String code, String message, List<String> fields) {
    ApiError {
        fields = List.copyOf(fields);
    }

    static ApiError of(String code, String message, String... fields) {
        return new ApiError(code, message, List.of(fields));
    }

    /** How it stands in the body of a failed request. */
    ObjectNode toRequestError() {
        ObjectNode node = Json.object().put("message", message).put("errorCode", code);
        if (!fields.isEmpty()) {
            node.set("fields", fieldNames());
        }
        return node;
    }

    /** How it stands in the result of one record of a collection. */
    ObjectNode toRecordError() {
        ObjectNode node = Json.object().put("statusCode", code).put("message", message);
        node.set("fields", fieldNames());
        return node;
    }

    private ArrayNode fieldNames() {
        ArrayNode names = Json.array();
        fields.forEach(names::add);
        return names;
    }
}
