package dev.millrace.events.internal.land;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.StateStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far a topic has been landed, as it is kept in the warehouse.
 *
 * @param topicId the cluster's own identity of the topic; empty before it is first read
 * @param positions the next offset of each partition
 * @param batch the number of the last batch; 0 before the first
 * @param columns which field became which column of which type
 */
record TopicState(
        @JsonProperty("topic_id") String topicId,
        @JsonProperty("positions") Map<Integer, Long> positions,
        @JsonProperty("batch") long batch,
        @JsonProperty("columns") List<Field> columns) {
    private static final ObjectMapper JSON = new ObjectMapper();

    TopicState {
        positions = Collections.unmodifiableMap(new TreeMap<>(positions));
        columns = List.copyOf(columns);
    }

    record Field(
            @JsonProperty("field") String field,
            @JsonProperty("column") String column,
            @JsonProperty("type") String type) {}

    /** Before anything is known. */
    static final TopicState NONE = new TopicState("", Map.of(), 0, List.of());

    /** The same, but that batches keep counting. */
    TopicState anew() {
        return new TopicState("", Map.of(), batch, List.of());
    }

    @JsonIgnore
    boolean isNew() {
        return topicId.isEmpty();
    }

    TopicState of(String id) {
        return new TopicState(id, positions, batch, columns);
    }

    /** After a batch, or when partitions were added. */
    TopicState after(Map<Integer, Long> moved, long number, List<TopicColumn> now) {
        Map<Integer, Long> all = new TreeMap<>(positions);
        all.putAll(moved);
        return new TopicState(
                topicId,
                all,
                number,
                now.stream()
                        .map(column -> new Field(column.field(), column.column(), TypeNames.name(column.type())))
                        .toList());
    }

    /** The columns; those that {@code declared} names are marked. */
    List<TopicColumn> topicColumns(Map<String, DataType> declared) {
        List<TopicColumn> all = new ArrayList<>();
        for (Field field : columns) {
            DataType type = TypeNames.parse(field.type()).orElse(DataType.Simple.TEXT);
            all.add(new TopicColumn(field.field(), field.column(), type, declared.containsKey(field.field())));
        }
        return all;
    }

    static Optional<TopicState> read(Session session, String key) {
        return StateStore.read(session, key).map(json -> {
            try {
                return JSON.readValue(json, TopicState.class);
            } catch (JsonProcessingException e) {
                throw new MillraceException(
                        ErrorCode.SOURCE_FAILED,
                        "the state of " + key + " in " + StateStore.SCHEMA + ".state cannot be read",
                        null,
                        "Run with --full-refresh to start over.",
                        e);
            }
        });
    }

    /** Where {@link StateStore#create} has been called. */
    void write(Session session, String key) {
        try {
            StateStore.update(session, key, JSON.writeValueAsString(this));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers are JSON", e);
        }
    }

    /** {@code 0:120, 1:98}. */
    String position() {
        List<String> parts = new ArrayList<>();
        positions.forEach((partition, offset) -> parts.add(partition + ":" + offset));
        return String.join(", ", parts);
    }
}
