package dev.millrace.salesforce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A part of a query's result.
 *
 * @param totalSize how many records the whole query finds
 * @param records each with the selected fields; Salesforce's {@code attributes} are taken out
 */
public record QueryPage(long totalSize, List<ObjectNode> records) {
    public QueryPage {
        records = List.copyOf(records);
    }
}
