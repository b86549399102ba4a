package dev.millrace.activate.internal.file;

import dev.millrace.activate.internal.config.MappedField;
import dev.millrace.activate.internal.config.Sync;
import dev.millrace.activate.internal.config.SyncMode;
import dev.millrace.activate.internal.destination.DestinationFactory;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.graph.Node;
import dev.millrace.core.project.Project;
import dev.millrace.core.project.Schedules;
import dev.millrace.core.project.Target;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.core.yaml.YamlScalar;
import dev.millrace.warehouse.Warehouses;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads one entry of syncs.yml. */
public final class SyncParser {
    private static final List<String> MODEL = List.of("model", "table");
    private static final List<String> WAREHOUSE = List.of("warehouse", "connection");
    private static final List<String> KEY = List.of("external_id", "key", "primary_key", "primary_identifier");
    private static final List<String> MAPPING = List.of("mapping", "mappings", "field_mappings");
    private static final List<String> MODE = List.of("mode", "behavior", "operation");
    private static final int DEFAULT_RETRIES = 2;

    private final Project project;
    private final Warehouses warehouses;
    private final ModelFinder models;
    private final DestinationParser services;

    /**
     * @param nodes what a sync may read
     * @param destinations there are, by type
     */
    public SyncParser(
            Project project,
            Warehouses warehouses,
            Collection<Node> nodes,
            Map<String, DestinationFactory> destinations) {
        this.project = project;
        this.warehouses = warehouses;
        this.models = new ModelFinder(nodes);
        this.services = new DestinationParser(project, destinations);
    }

    /** The sync, unless it says {@code enabled: false}. */
    Optional<Sync> parse(YamlMap written) {
        List<String> known = new ArrayList<>(List.of(
                "name",
                "label",
                "description",
                "tags",
                "meta",
                "enabled",
                "source",
                "destination",
                "schedule",
                "batch_size",
                "on_delete",
                "max_rejected",
                "fail_on_rejected",
                "allow_empty",
                "dry_run",
                "retries"));
        known.addAll(KEY);
        known.addAll(MAPPING);
        known.addAll(MODE);
        written.allowOnly(known);
        YamlMap entry = project.render(without(without(written, "source"), "destination"));
        if (!entry.bool("enabled").orElse(true)) {
            return Optional.empty();
        }
        DestinationParser.Parsed destination = services.parse(section(written, "destination"), KEY);
        String mappingWord = word(entry, MAPPING).orElse(MAPPING.get(0));
        MappingParser.Parsed mapping = MappingParser.parse(entry.require(mappingWord));
        Sync sync = new Sync(
                entry.requireString("name"),
                written.position(),
                source(written),
                destination.service(),
                mapping.fields(),
                keys(entry, destination.settings(), mapping),
                options(entry, destination.factory().batchSize()),
                config(written, entry));
        destination.factory().check(sync);
        return Optional.of(sync);
    }

    private Sync.Source source(YamlMap written) {
        YamlNode node = written.require("source");
        YamlMap raw = node instanceof YamlScalar
                ? new YamlMap(Map.of("model", new YamlMap.Entry(node.position(), node)), node.position())
                : section(written, "source");
        List<String> known = new ArrayList<>(MODEL);
        known.addAll(WAREHOUSE);
        raw.allowOnly(known);
        String word = word(raw, MODEL).orElse(MODEL.get(0));
        // ref('x') is not a template here: it is only another way to write the name.
        String model = raw.requireString(word);
        if (!ModelFinder.isReference(model)) {
            model = project.render(raw).requireString(word);
        }
        Position position = raw.require(word).position();
        Node found = models.find(model, position);
        YamlMap rendered = project.render(without(raw, word));
        Optional<String> warehouseWord = word(rendered, WAREHOUSE);
        Target target = warehouseWord
                .map(key -> project.warehouse(
                        rendered.requireString(key), rendered.require(key).position()))
                .orElseGet(project::target);
        var relation = found.relation()
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        found.id() + " is not a table or view, so there is nothing to read",
                        position,
                        "Materialize it as a table or a view.",
                        null));
        String identity = warehouses.factory(target).identity(project, target);
        if (!identity.equals(relation.warehouse())) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    found.id() + " is not in warehouse '" + target.profile() + "': it is built in "
                            + relation.warehouse(),
                    warehouseWord.map(key -> rendered.require(key).position()).orElse(position),
                    "Name the warehouse (profile) that holds the model under 'warehouse:'.",
                    null);
        }
        return new Sync.Source(found.id(), relation, target, position);
    }

    private static List<MappedField> keys(YamlMap entry, YamlMap destination, MappingParser.Parsed mapping) {
        for (YamlMap map : List.of(destination, entry)) {
            Optional<String> word = word(map, KEY);
            if (word.isPresent()) {
                return map.strings(word.get()).stream()
                        .map(name -> MappingParser.named(
                                mapping.fields(),
                                word.get(),
                                name,
                                map.require(word.get()).position()))
                        .distinct()
                        .toList();
            }
        }
        return mapping.keys();
    }

    private static Sync.Options options(YamlMap entry, DestinationFactory.BatchSize batch) {
        Optional<String> modeWord = word(entry, MODE);
        SyncMode mode = modeWord.map(word -> SyncMode.parse(
                        entry.requireString(word), entry.require(word).position()))
                .orElse(SyncMode.UPSERT);
        OptionalLong maxRejected = wholeNumber(entry, "max_rejected", 0, Integer.MAX_VALUE);
        if (entry.bool("fail_on_rejected").orElse(false)) {
            maxRejected = OptionalLong.of(0);
        }
        return new Sync.Options(
                onDelete(entry, mode),
                (int) wholeNumber(entry, "batch_size", 1, batch.largest()).orElse(batch.usual()),
                maxRejected,
                entry.bool("allow_empty").orElse(false),
                entry.bool("dry_run").orElse(false),
                (int) wholeNumber(entry, "retries", 0, 100).orElse(DEFAULT_RETRIES),
                entry.strings("tags"),
                entry.string("description").or(() -> entry.string("label")).orElse(""));
    }

    /** {@code on_delete: delete} with an upsert is a mirror. */
    private static SyncMode onDelete(YamlMap entry, SyncMode mode) {
        Optional<String> wish = entry.string("on_delete");
        if (wish.isEmpty() || (wish.get().equals("ignore") && mode != SyncMode.MIRROR)) {
            return mode;
        }
        if (wish.get().equals("delete") && (mode == SyncMode.UPSERT || mode == SyncMode.MIRROR)) {
            return SyncMode.MIRROR;
        }
        throw new MillraceException(
                ErrorCode.CONFIG_INVALID,
                "'on_delete: " + wish.get() + "' does not go with mode '" + mode.key() + "'",
                entry.require("on_delete").position(),
                "Say 'ignore' or 'delete'; only 'upsert' and 'mirror' delete.",
                null);
    }

    private static OptionalLong wholeNumber(YamlMap entry, String key, long smallest, long largest) {
        OptionalLong value = entry.integer(key);
        if (value.isPresent() && (value.getAsLong() < smallest || value.getAsLong() > largest)) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "'" + key + "' must be from " + smallest + " to " + largest + ", but is " + value.getAsLong(),
                    entry.require(key).position(),
                    null,
                    null);
        }
        return value;
    }

    private static YamlMap section(YamlMap map, String key) {
        map.require(key);
        return map.map(key).orElseThrow();
    }

    private static Optional<String> word(YamlMap map, List<String> spellings) {
        return spellings.stream().filter(map::has).findFirst();
    }

    private static YamlMap without(YamlMap map, String key) {
        Map<String, YamlMap.Entry> rest = new LinkedHashMap<>(map.entries());
        rest.remove(key);
        return new YamlMap(rest, map.position());
    }

    /** What the file says, but with the schedule as the scheduler reads it. */
    private static Map<String, Object> config(YamlMap written, YamlMap entry) {
        Map<String, Object> config = plain(written);
        Map<String, Object> schedule = Schedules.read(entry);
        if (!schedule.isEmpty()) {
            config.put("schedule", schedule.size() == 1 ? schedule.get("cron") : schedule);
        }
        return config;
    }

    private static Map<String, Object> plain(YamlMap map) {
        Map<String, Object> values = new LinkedHashMap<>();
        map.toJava().forEach((key, value) -> {
            if (value != null) {
                values.put(key, value);
            }
        });
        return values;
    }
}
