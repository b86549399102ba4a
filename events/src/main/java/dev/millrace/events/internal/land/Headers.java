package dev.millrace.events.internal.land;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.events.internal.json.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** The headers of a message as one JSON object. Stateless. */
final class Headers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] NONE = new byte[0];

    private Headers() {}

    /** A header that comes more than once has a list as its value; empty if there are no headers. */
    static byte[] json(org.apache.kafka.common.header.Headers headers) {
        Header[] all = headers.toArray();
        if (all.length == 0) {
            return NONE;
        }
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (Header header : all) {
            Object value = text(header.value());
            if (!object.containsKey(header.key())) {
                object.put(header.key(), value);
            } else if (object.get(header.key()) instanceof List<?> list) {
                List<@Nullable Object> longer = new ArrayList<>(list);
                longer.add(value);
                object.put(header.key(), longer);
            } else {
                List<@Nullable Object> list = new ArrayList<>();
                list.add(object.get(header.key()));
                list.add(value);
                object.put(header.key(), list);
            }
        }
        try {
            return JSON.writeValueAsBytes(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and lists are JSON", e);
        }
    }

    private static @Nullable String text(byte @Nullable [] value) {
        if (value == null) {
            return null;
        }
        return Utf8.isValid(value, 0, value.length)
                ? new String(value, StandardCharsets.UTF_8)
                : "\\x" + HexFormat.of().formatHex(value);
    }
}
