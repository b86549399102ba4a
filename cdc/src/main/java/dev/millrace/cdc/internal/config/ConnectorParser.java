package dev.millrace.cdc.internal.config;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Suggestion;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.core.yaml.YamlScalar;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one connector resource: Strimzi's {@code KafkaConnector}, a {@code KafkaConnect} whose config names a connector
 * class, the REST form of Kafka Connect ({@code name}, {@code config}), or a bare map of properties.
 */
final class ConnectorParser {
    private static final String CLASS = "connector.class";
    private static final String OPTION = "millrace.";
    private static final String SOURCE_ANNOTATION = "millrace.dev/source";
    private static final List<String> KINDS = List.of("KafkaConnector", "KafkaConnect");
    private static final List<String> SPEC_KEYS = List.of(
            "class",
            "tasksMax",
            "config",
            "autoRestart",
            "version",
            "state",
            "pause",
            "source",
            "listOffsets",
            "alterOffsets");
    private static final List<String> OWNED_BY_RESOURCE = List.of("name", CLASS, "tasks.max");

    private ConnectorParser() {}

    /**
     * @param resource rendered
     * @param fileName the connector's name if the resource has none
     * @return empty if the resource is a worker cluster without a connector
     */
    static Optional<ConnectorSpec> parse(YamlMap resource, String fileName) {
        if (resource.has("kind") || resource.has("apiVersion")) {
            return resource(resource, fileName);
        }
        YamlMap config = resource.map("config").orElse(resource);
        String name = resource.string("name").orElse(fileName);
        return Optional.of(spec(name, null, config, resource, Optional.empty(), RunState.RUNNING));
    }

    private static Optional<ConnectorSpec> resource(YamlMap resource, String fileName) {
        String kind = resource.requireString("kind");
        if (!KINDS.contains(kind)) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "kind '" + kind + "' is not a connector",
                    valueAt(resource, "kind"),
                    Suggestion.closest(kind, KINDS)
                            .map(near -> "Did you mean '" + near + "'?")
                            .orElse("Files under cdc/ hold resources of kind KafkaConnector or KafkaConnect."),
                    null);
        }
        resource.string("apiVersion")
                .filter(version -> !version.startsWith("kafka.strimzi.io/"))
                .ifPresent(version -> {
                    throw new MillraceException(
                            ErrorCode.CONFIG_INVALID,
                            "apiVersion '" + version + "' is not one of Strimzi",
                            valueAt(resource, "apiVersion"),
                            "Write kafka.strimzi.io/v1.",
                            null);
                });
        YamlMap spec = resource.map("spec").orElseThrow(() -> missing("spec", resource.position()));
        boolean connector = kind.equals("KafkaConnector");
        YamlMap config = spec.map("config").orElseThrow(() -> missing("config", spec.position()));
        if (connector) {
            spec.allowOnly(SPEC_KEYS);
            refuseOwned(config);
        } else if (!config.has(CLASS)) {
            return Optional.empty();
        }
        Optional<YamlMap> metadata = resource.map("metadata");
        String name = metadata.flatMap(map -> map.string("name"))
                .or(() -> config.string("name"))
                .orElse(fileName);
        Optional<String> source = spec.string("source")
                .or(() -> metadata.flatMap(map -> map.map("annotations"))
                        .flatMap(annotations -> annotations.string(SOURCE_ANNOTATION)));
        return Optional.of(spec(name, spec, config, resource, source, state(spec)));
    }

    private static void refuseOwned(YamlMap config) {
        for (String key : OWNED_BY_RESOURCE) {
            if (config.has(key)) {
                String place =
                        key.equals("name") ? "metadata.name" : key.equals(CLASS) ? "spec.class" : "spec.tasksMax";
                throw new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        "the config of a KafkaConnector must not hold '" + key + "'",
                        config.positionOf(key),
                        "Write it as " + place + ".",
                        null);
            }
        }
    }

    private static ConnectorSpec spec(
            String name,
            @Nullable YamlMap spec,
            YamlMap config,
            YamlMap resource,
            Optional<String> source,
            RunState state) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "'" + name + "' cannot be the name of a connector",
                    resource.position(),
                    "Use letters, digits, '.', '_' and '-'.",
                    null);
        }
        DatabaseKind kind = kind(spec, config, resource);
        Map<String, String> properties = new LinkedHashMap<>();
        Map<String, String> options = new LinkedHashMap<>();
        Map<String, Position> positions = new LinkedHashMap<>();
        config.entries().forEach((key, entry) -> {
            if (OWNED_BY_RESOURCE.contains(key)) {
                return;
            }
            if (!(entry.value() instanceof YamlScalar scalar)) {
                throw new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        "'" + key + "' must be a text, but is " + entry.value().describe(),
                        entry.value().position(),
                        "Connector properties are flat: write lists with commas.",
                        null);
            }
            positions.put(key, entry.keyPosition());
            String text = scalar.value() == null ? "" : scalar.text();
            if (key.startsWith(OPTION)) {
                options.put(key.substring(OPTION.length()), text);
            } else {
                properties.put(key, text);
            }
        });
        return new ConnectorSpec(name, kind, properties, options, positions, source, state, resource.position());
    }

    private static DatabaseKind kind(@Nullable YamlMap spec, YamlMap config, YamlMap resource) {
        Optional<String> ofSpec = spec == null ? Optional.empty() : spec.string("class");
        Optional<String> ofConfig = config.string(CLASS);
        if (ofSpec.isPresent() && ofConfig.isPresent() && !ofSpec.equals(ofConfig)) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "'" + CLASS + "' is " + ofConfig.get() + ", but spec.class is " + ofSpec.get(),
                    valueAt(config, CLASS),
                    "Keep one of them.",
                    null);
        }
        String name = ofSpec.or(() -> ofConfig)
                .orElseThrow(
                        () -> spec == null ? missing(CLASS, resource.position()) : missing("class", spec.position()));
        Position position = ofSpec.isPresent() && spec != null ? valueAt(spec, "class") : valueAt(config, CLASS);
        return DatabaseKind.ofClass(name).orElseThrow(() -> {
            List<String> known = Arrays.stream(DatabaseKind.values())
                    .map(DatabaseKind::connectorClass)
                    .toList();
            return new MillraceException(
                    ErrorCode.ADAPTER_NOT_FOUND,
                    "no connector class is named '" + name + "'",
                    position,
                    Suggestion.closest(name, known)
                            .map(near -> "Did you mean '" + near + "'?")
                            .orElse("Known classes: " + String.join(", ", known) + "."),
                    null);
        });
    }

    private static RunState state(YamlMap spec) {
        Optional<String> state = spec.string("state");
        if (state.isEmpty()) {
            return spec.bool("pause").orElse(false) ? RunState.PAUSED : RunState.RUNNING;
        }
        return Arrays.stream(RunState.values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(state.get()))
                .findFirst()
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        "'state' must be running, paused or stopped, but is '" + state.get() + "'",
                        valueAt(spec, "state"),
                        Suggestion.hint(state.get(), List.of("running", "paused", "stopped")),
                        null));
    }

    private static Position valueAt(YamlMap map, String key) {
        return map.get(key).map(YamlNode::position).orElse(map.position());
    }

    private static MillraceException missing(String key, Position position) {
        return new MillraceException(
                ErrorCode.CONFIG_MISSING, "'" + key + "' is missing", position, "Add '" + key + ":' here.", null);
    }
}
