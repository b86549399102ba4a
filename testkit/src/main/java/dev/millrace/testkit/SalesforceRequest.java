package dev.millrace.testkit;

import java.util.Optional;

/**
 * A request that {@link SalesforceService} has answered.
 *
 * @param path without the query
 * @param soql the query, if it is one
 * @param records how many records it wrote or tried to write, or was sent back
 * @param status the HTTP status; 0 if the connection was dropped
 */
public record SalesforceRequest(String method, String path, Optional<String> soql, int records, int status) {
    /** Whether it carries records to be written. */
    public boolean isWrite() {
        return !method.equals("GET") && !path.endsWith("/oauth2/token");
    }
}
