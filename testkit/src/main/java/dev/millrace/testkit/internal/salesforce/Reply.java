package dev.millrace.testkit.internal.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request.
 *
 * @param records how many records the request carried or the answer carries
 */
public record Reply(int status, @Nullable JsonNode body, int records) {
    static Reply ok(JsonNode body) {
        return new Reply(200, body, 0);
    }

    static Reply noContent(int records) {
        return new Reply(204, null, records);
    }
}
