package dev.millrace.activate.internal.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.salesforce.FieldDescription;
import dev.millrace.salesforce.QueryPage;
import dev.millrace.salesforce.SalesforceClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds the Ids of records by another field. */
final class RecordIds {
    /** A query travels in a URL, of which Salesforce takes 16,384 bytes; a character may need 9 of them. */
    private static final int LONGEST_LIST = 1_500;

    private final SalesforceClient client;
    private final String object;
    private final FieldDescription key;

    RecordIds(SalesforceClient client, String object, FieldDescription key) {
        this.client = client;
        this.object = object;
        this.key = key;
    }

    /** The Id of the record that has the same key, for each of {@code records}. */
    List<Optional<String>> find(List<ObjectNode> records) {
        Map<String, String> found = new HashMap<>();
        StringBuilder list = new StringBuilder();
        for (ObjectNode record : records) {
            String literal = literal(record.path(key.name()));
            if (list.length() > 0 && list.length() + literal.length() > LONGEST_LIST) {
                query(list, found);
                list.setLength(0);
            }
            list.append(list.length() == 0 ? "" : ",").append(literal);
        }
        if (list.length() > 0) {
            query(list, found);
        }
        List<Optional<String>> ids = new ArrayList<>(records.size());
        for (ObjectNode record : records) {
            ids.add(Optional.ofNullable(found.get(comparable(record.path(key.name())))));
        }
        return ids;
    }

    private void query(CharSequence list, Map<String, String> found) {
        Iterator<QueryPage> pages = client.query(
                "SELECT Id, " + key.name() + " FROM " + object + " WHERE " + key.name() + " IN (" + list + ")");
        while (pages.hasNext()) {
            for (ObjectNode record : pages.next().records()) {
                found.put(comparable(record.path(key.name())), record.path("Id").asText());
            }
        }
    }

    private static String literal(JsonNode value) {
        return value.isNumber()
                ? value.decimalValue().toPlainString()
                : "'" + value.asText().replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    /** Salesforce compares text without regard to case. */
    private static String comparable(JsonNode value) {
        return value.isNumber()
                ? value.decimalValue().stripTrailingZeros().toPlainString()
                : value.asText().toLowerCase(Locale.ROOT);
    }
}
