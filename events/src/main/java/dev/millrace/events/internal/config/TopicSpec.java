package dev.millrace.events.internal.config;

import dev.millrace.core.Position;
import dev.millrace.events.internal.land.KeyType;
import dev.millrace.warehouse.DataType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What millrace.yml says of one topic. */
record TopicSpec(
        String name,
        Optional<String> schema,
        Optional<String> table,
        Map<String, DataType> columns,
        KeyType key,
        boolean fromLatest,
        boolean restartsWhenLost,
        Duration trigger,
        List<String> tags,
        String description,
        Position position) {}
