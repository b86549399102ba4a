package dev.millrace.events.internal.land;

import dev.millrace.core.Position;
import dev.millrace.core.graph.RelationName;
import dev.millrace.events.internal.kafka.KafkaSettings;
import dev.millrace.warehouse.DataType;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How one topic is landed.
 *
 * @param relation where its messages go; those that cannot be read go to the same name with {@code __rejected}
 * @param columns declared types by field, in the order they were declared
 * @param fromLatest whether the first reading begins with what comes, not with what is there
 * @param restartsWhenLost whether to go on when messages were lost or the topic was made anew; otherwise that is an
 *     error
 * @param stateKey under which its state is kept
 */
public record TopicPlan(
        KafkaSettings settings,
        String topic,
        RelationName relation,
        Map<String, DataType> columns,
        KeyType key,
        boolean fromLatest,
        boolean restartsWhenLost,
        Duration trigger,
        String stateKey,
        Position position) {
    public TopicPlan {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    public RelationName rejected() {
        return relation.withIdentifier(relation.identifier() + "__rejected");
    }
}
