package dev.millrace.events.internal.config;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Problems;
import dev.millrace.core.Secret;
import dev.millrace.core.Suggestion;
import dev.millrace.core.project.Project;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.core.yaml.YamlScalar;
import dev.millrace.events.internal.kafka.KafkaSettings;
import dev.millrace.events.internal.land.KeyType;
import dev.millrace.events.internal.land.TypeNames;
import dev.millrace.warehouse.DataType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads one entry of {@code sources:} whose type is {@code kafka}. */
final class SourceReader {
    private static final Duration DEFAULT_TRIGGER = Duration.ofMillis(100);
    private static final long DEFAULT_PORT = 9092;

    private static final Set<String> TOPIC_OPTIONS =
            Set.of("schema", "key", "start", "format", "trigger", "on_lost_offsets", "tags", "description");
    private static final Set<String> SOURCE_KEYS =
            plus(TOPIC_OPTIONS, "type", "bootstrap_servers", "embedded", "port", "topics", "destination", "properties");
    private static final Set<String> TOPIC_KEYS = plus(TOPIC_OPTIONS, "name", "table", "columns");

    /** How a topic is read is for Millrace to say: exactly once hangs on it. */
    private static final Set<String> OWN_PROPERTIES = Set.of(
            "bootstrap.servers",
            "group.id",
            "enable.auto.commit",
            "auto.offset.reset",
            "isolation.level",
            "key.deserializer",
            "value.deserializer",
            "key.serializer",
            "value.serializer",
            "acks",
            "enable.idempotence");

    private final Project project;
    private final String name;
    private final YamlMap yaml;

    SourceReader(Project project, String name, YamlMap yaml) {
        this.project = project;
        this.name = name;
        this.yaml = yaml;
    }

    private static Set<String> plus(Set<String> some, String... more) {
        Set<String> all = new HashSet<>(some);
        all.addAll(List.of(more));
        return Set.copyOf(all);
    }

    /** @throws MillraceException with everything that is wrong with the entry */
    SourceSpec read() {
        yaml.allowOnly(SOURCE_KEYS);
        KafkaSettings settings = settings();
        TopicSpec defaults = topic(yaml, "", null);
        Problems problems = new Problems();
        List<TopicSpec> topics = new ArrayList<>();
        yaml.get("topics").ifPresent(node -> {
            for (YamlNode item : items(node)) {
                problems.collect(() -> topics.add(listed(item, defaults)));
            }
        });
        problems.throwIfAny();
        return new SourceSpec(settings, yaml.string("destination"), yaml.positionOf("destination"), topics, defaults);
    }

    private List<YamlNode> items(YamlNode node) {
        return node instanceof YamlScalar
                ? List.of(node)
                : yaml.list("topics").orElseThrow().items();
    }

    private KafkaSettings settings() {
        List<String> servers = yaml.strings("bootstrap_servers");
        boolean embedded = yaml.bool("embedded").orElse(false);
        if (embedded && !servers.isEmpty()) {
            throw invalid(
                    "bootstrap_servers",
                    "'bootstrap_servers' names a cluster, but 'embedded: true' asks for one to be started",
                    "Remove one of the two.");
        }
        if (!embedded && servers.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.CONFIG_MISSING,
                    "source '" + name + "' does not say where Kafka is",
                    yaml.position(),
                    "Add 'bootstrap_servers: localhost:9092', or 'embedded: true' to have a broker started.",
                    null);
        }
        for (String server : servers) {
            for (String one : server.split(",", -1)) {
                checkAddress(one.trim());
            }
        }
        long port = yaml.integer("port").orElse(DEFAULT_PORT);
        if (port < 0 || port > 65_535) {
            throw invalid("port", "'port' must be a number from 0 to 65535, but is " + port, null);
        }
        Optional<KafkaSettings.Embedded> broker = embedded
                ? Optional.of(new KafkaSettings.Embedded(
                        project.root().resolve(".millrace").resolve(name), (int) port))
                : Optional.empty();
        return new KafkaSettings(
                name,
                servers.isEmpty() ? Optional.empty() : Optional.of(String.join(",", servers)),
                broker,
                properties(),
                yaml.position());
    }

    private void checkAddress(String address) {
        if (!address.matches("\\S+:\\d{1,5}")) {
            throw invalid(
                    "bootstrap_servers",
                    "'" + address + "' is no address of a broker",
                    "Write host:port, such as localhost:9092; several with commas or as a list.");
        }
    }

    private Map<String, Secret> properties() {
        Map<String, Secret> properties = new TreeMap<>();
        yaml.map("properties").ifPresent(map -> {
            for (String key : map.keys()) {
                if (OWN_PROPERTIES.contains(key)) {
                    throw new MillraceException(
                            ErrorCode.CONFIG_INVALID,
                            "'" + key + "' cannot be set: Millrace chooses it so that every message lands exactly once",
                            map.positionOf(key),
                            "Remove it.",
                            null);
                }
                properties.put(key, Secret.of(map.requireString(key)));
            }
        });
        return properties;
    }

    private TopicSpec listed(YamlNode item, TopicSpec defaults) {
        if (item instanceof YamlScalar scalar && scalar.value() != null) {
            return named(scalar.text(), scalar.position(), defaults);
        }
        if (item instanceof YamlMap map) {
            map.allowOnly(TOPIC_KEYS);
            return topic(map, checked(map.requireString("name"), map.positionOf("name")), defaults);
        }
        throw new MillraceException(
                ErrorCode.CONFIG_INVALID,
                "a topic must be a name or a mapping with 'name', but is " + item.describe(),
                item.position(),
                null,
                null);
    }

    private static TopicSpec named(String topic, Position at, TopicSpec defaults) {
        return named(checked(topic, at), defaults, at);
    }

    /** A topic of which only the name is known. */
    static TopicSpec named(String topic, TopicSpec defaults, Position at) {
        return new TopicSpec(
                topic,
                defaults.schema(),
                Optional.empty(),
                Map.of(),
                defaults.key(),
                defaults.fromLatest(),
                defaults.restartsWhenLost(),
                defaults.trigger(),
                defaults.tags(),
                defaults.description(),
                at);
    }

    private static String checked(String topic, Position at) {
        if (!topic.matches("[a-zA-Z0-9._-]{1,249}") || topic.equals(".") || topic.equals("..")) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "'" + topic + "' is no name of a topic",
                    at,
                    "Kafka's topics have letters, digits, '.', '_' and '-' in their names, at most 249.",
                    null);
        }
        return topic;
    }

    private static TopicSpec topic(YamlMap map, String topic, @Nullable TopicSpec defaults) {
        String format = map.string("format").orElse("json");
        if (!format.equals("json")) {
            throw wrong(map, "format", format, List.of("json"));
        }
        String start = choice(map, "start", List.of("earliest", "latest"))
                .orElse(defaults != null && defaults.fromLatest() ? "latest" : "earliest");
        String lost = choice(map, "on_lost_offsets", List.of("fail", "restart"))
                .orElse(defaults != null && defaults.restartsWhenLost() ? "restart" : "fail");
        String key = choice(map, "key", List.of("text", "bytes"))
                .orElse(defaults != null && defaults.key() == KeyType.BYTES ? "bytes" : "text");
        return new TopicSpec(
                topic,
                map.string("schema").or(() -> defaults == null ? Optional.empty() : defaults.schema()),
                map.string("table"),
                columns(map),
                key.equals("bytes") ? KeyType.BYTES : KeyType.TEXT,
                start.equals("latest"),
                lost.equals("restart"),
                map.string("trigger")
                        .map(text -> Durations.parse(text).orElseThrow(() -> noDuration(map, text)))
                        .orElse(defaults == null ? DEFAULT_TRIGGER : defaults.trigger()),
                map.has("tags") ? map.strings("tags") : defaults == null ? List.of() : defaults.tags(),
                map.string("description").orElse(""),
                map.position());
    }

    private static MillraceException noDuration(YamlMap map, String text) {
        return new MillraceException(
                ErrorCode.CONFIG_INVALID,
                "'trigger' must be a length of time, but is '" + text + "'",
                map.positionOf("trigger"),
                "Write 100 ms, 5 seconds or 1 minute.",
                null);
    }

    private static Map<String, DataType> columns(YamlMap map) {
        Map<String, DataType> columns = new LinkedHashMap<>();
        map.map("columns").ifPresent(types -> {
            for (String field : types.keys()) {
                String written = types.requireString(field);
                columns.put(
                        field,
                        TypeNames.parse(written).orElseThrow(() -> wrong(types, field, written, TypeNames.known())));
            }
        });
        return columns;
    }

    private static Optional<String> choice(YamlMap map, String key, List<String> allowed) {
        return map.string(key).map(value -> {
            if (!allowed.contains(value)) {
                throw wrong(map, key, value, allowed);
            }
            return value;
        });
    }

    private static MillraceException wrong(YamlMap map, String key, String value, List<String> allowed) {
        String hint = Suggestion.hint(value, allowed);
        return new MillraceException(
                ErrorCode.CONFIG_INVALID,
                "'" + key + "' must be one of " + String.join(", ", allowed) + ", but is '" + value + "'",
                map.positionOf(key),
                hint,
                null);
    }

    private MillraceException invalid(String key, String message, @Nullable String hint) {
        return new MillraceException(ErrorCode.CONFIG_INVALID, message, yaml.positionOf(key), hint, null);
    }
}
