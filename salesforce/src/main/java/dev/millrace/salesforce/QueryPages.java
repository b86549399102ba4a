package dev.millrace.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** A query's pages, each asked for when it is needed. Used by one thread. */
final class QueryPages implements Iterator<QueryPage> {
    private final Transport transport;
    private final Map<String, String> headers;
    private final String attempted;
    private String nextPath;

    QueryPages(Transport transport, String path, Map<String, String> headers, String attempted) {
        this.transport = transport;
        this.nextPath = path;
        this.headers = headers;
        this.attempted = attempted;
    }

    @Override
    public boolean hasNext() {
        return !nextPath.isEmpty();
    }

    @Override
    public QueryPage next() {
        if (nextPath.isEmpty()) {
            throw new NoSuchElementException("the query has no more pages");
        }
        JsonNode body = transport
                .send(new Transport.Request("GET", nextPath, Optional.empty(), headers, attempted))
                .body();
        List<ObjectNode> records = new ArrayList<>();
        for (JsonNode record : body.path("records")) {
            if (record instanceof ObjectNode object) {
                object.remove("attributes");
                records.add(object);
            }
        }
        nextPath = body.path("nextRecordsUrl").asText("");
        return new QueryPage(body.path("totalSize").asLong(), records);
    }
}
