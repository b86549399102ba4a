package dev.millrace.activate.internal.http;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.activate.internal.config.MappedField;
import dev.millrace.activate.internal.config.Sync;
import dev.millrace.activate.internal.config.SyncMode;
import dev.millrace.activate.internal.destination.Delivery;
import dev.millrace.activate.internal.destination.Departure;
import dev.millrace.activate.internal.destination.Encoded;
import dev.millrace.activate.internal.destination.Item;
import dev.millrace.activate.internal.destination.JsonValues;
import dev.millrace.activate.internal.destination.KeyText;
import dev.millrace.activate.internal.destination.Outcome;
import dev.millrace.activate.internal.destination.Rejection;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sends records to one path of a service. A request that is refused because of what is in it is halved until the record
 * that is to blame is alone.
 */
final class HttpDelivery implements Delivery {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final HttpTransport transport;
    private final HttpSettings settings;
    private final Sync sync;
    private final HttpSync requests;

    HttpDelivery(HttpTransport transport, HttpSettings settings, Sync sync) {
        this.transport = transport;
        this.settings = settings;
        this.sync = sync;
        this.requests = HttpSync.read(sync);
    }

    @Override
    public List<MappedField> keys() {
        return sync.keys();
    }

    @Override
    public Encoded encode(List<@Nullable Object> values) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < values.size(); i++) {
            record.set(sync.mapping().get(i).field(), JsonValues.of(values.get(i)));
        }
        return new Encoded(record, Optional.empty());
    }

    @Override
    public List<Outcome> deliver(List<Item> items) {
        boolean together = sync.options().batchSize() > 1;
        List<Outcome> outcomes = new ArrayList<>(items.size());
        for (int from = 0; from < items.size(); from += together ? items.size() : 1) {
            outcomes.addAll(send(together ? items : items.subList(from, from + 1), together));
        }
        return outcomes;
    }

    private List<Outcome> send(List<Item> items, boolean together) {
        RequestTemplate template = requests.write();
        Item first = items.get(0);
        Map<String, Object> values = values(first.key(), operation(first, together), first.record());
        JsonNode content = first.record();
        if (together) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            items.forEach(item -> all.add(item.record()));
            content = all;
            values.remove("record");
            values.put("records", plain(all));
        }
        HttpAnswer answer =
                transport.send(template.method(), template.path(values), template.body(values, content), token(items));
        if (settings.succeeded(answer.status())) {
            return requests.results()
                    .map(results -> results.outcomes(items, answer.body()))
                    .orElseGet(() -> items.stream()
                            .<Outcome>map(item -> new Outcome.Accepted(item.key()))
                            .toList());
        }
        refuseIfGeneral(answer, template);
        if (items.size() > 1) {
            int middle = items.size() / 2;
            List<Outcome> outcomes = new ArrayList<>(send(items.subList(0, middle), true));
            outcomes.addAll(send(items.subList(middle, items.size()), true));
            return outcomes;
        }
        boolean missing = answer.status() == 404 && sync.options().mode() == SyncMode.UPDATE;
        return List.of(new Outcome.Refused(
                new Rejection(missing ? "RECORD_NOT_FOUND" : "HTTP_" + answer.status(), answer.describe(), List.of())));
    }

    @Override
    public List<Outcome> delete(List<Departure> records) {
        RequestTemplate template =
                requests.delete().orElseThrow(() -> new IllegalStateException("only a mirror deletes"));
        List<Outcome> outcomes = new ArrayList<>(records.size());
        for (Departure record : records) {
            ObjectNode keys = JsonNodeFactory.instance.objectNode();
            List<String> parts = KeyText.split(record.key(), sync.keys().size());
            for (int i = 0; i < parts.size(); i++) {
                keys.put(sync.keys().get(i).field(), parts.get(i));
            }
            Map<String, Object> values = values(record.key(), "delete", keys);
            String body =
                    template.method().equals("DELETE") && template.body().isEmpty() ? "" : template.body(values, keys);
            HttpAnswer answer = transport.send(template.method(), template.path(values), body, record.token());
            boolean gone = template.isPathPerRecord() && (answer.status() == 404 || answer.status() == 410);
            if (settings.succeeded(answer.status()) || gone) {
                outcomes.add(new Outcome.Accepted(record.key()));
            } else {
                refuseIfGeneral(answer, template);
                outcomes.add(
                        new Outcome.Refused(new Rejection("HTTP_" + answer.status(), answer.describe(), List.of())));
            }
        }
        return outcomes;
    }

    /** Throws what is not the fault of any record. */
    private void refuseIfGeneral(HttpAnswer answer, RequestTemplate template) {
        if (answer.status() == 401 || answer.status() == 403) {
            throw new MillraceException(
                    ErrorCode.AUTHENTICATION_FAILED,
                    settings.url() + " does not let us in: " + answer.describe(),
                    null,
                    "Check 'auth' and 'headers' of '" + sync.destination().name() + "' in millrace.yml.",
                    null);
        }
        boolean nothingThere = (answer.status() == 404 || answer.status() == 405) && !template.isPathPerRecord();
        if (nothingThere || answer.status() < 400) {
            throw new MillraceException(
                    ErrorCode.DESTINATION_FAILED,
                    settings.url() + template.path().text() + " answered " + answer.describe(),
                    sync.destination().objectPosition(),
                    "Check 'url' in millrace.yml, and 'object' and 'method' here.",
                    null);
        }
    }

    private String operation(Item item, boolean together) {
        SyncMode mode = sync.options().mode();
        if (mode == SyncMode.INSERT || mode == SyncMode.UPDATE || together) {
            return mode == SyncMode.MIRROR ? SyncMode.UPSERT.key() : mode.key();
        }
        return item.known() ? SyncMode.UPDATE.key() : SyncMode.INSERT.key();
    }

    private Map<String, Object> values(String key, String operation, ObjectNode record) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("key", key);
        values.put("operation", operation);
        values.put("sync", sync.name());
        values.put("record", plain(record));
        return values;
    }

    private static Object plain(JsonNode node) {
        return JSON.convertValue(node, Object.class);
    }

    private static String token(List<Item> items) {
        if (items.size() == 1) {
            return items.get(0).token();
        }
        String all = items.stream().map(Item::token).collect(Collectors.joining());
        return UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
