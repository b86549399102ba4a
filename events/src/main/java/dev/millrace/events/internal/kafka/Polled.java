package dev.millrace.events.internal.kafka;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What one poll brought.
 *
 * @param lists messages in the order of their partitions
 * @param positions the next offset of each partition that moved
 * @param lag messages the broker has beyond these, as far as it told
 */
public record Polled(
        List<List<ConsumerRecord<ByteBuffer, ByteBuffer>>> lists, Map<Integer, Long> positions, long lag, long bytes) {}
