package dev.millrace.testkit.internal.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

/** Ends a request with an HTTP status and Salesforce's array of errors. */
final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient ApiError error;

    ApiException(int status, ApiError error) {
        super(error.code() + ": " + error.message());
        this.status = status;
        this.error = error;
    }

    ApiException(int status, String code, String message) {
        this(status, ApiError.of(code, message));
    }

    static ApiException notFound() {
        return new ApiException(404, "NOT_FOUND", "The requested resource does not exist");
    }

    int status() {
        return status;
    }

    ApiError error() {
        return error;
    }

    JsonNode body() {
        ArrayNode errors = Json.array();
        errors.add(error.toRequestError());
        return errors;
    }
}
