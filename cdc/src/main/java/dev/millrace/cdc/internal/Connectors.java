package dev.millrace.cdc.internal;

import dev.millrace.cdc.internal.config.ConnectorFiles;
import dev.millrace.cdc.internal.config.ConnectorOptions;
import dev.millrace.cdc.internal.config.ConnectorSpec;
import dev.millrace.cdc.internal.config.Endpoint;
import dev.millrace.cdc.internal.config.EndpointResolver;
import dev.millrace.cdc.internal.engine.EngineSettings;
import dev.millrace.cdc.internal.source.MariaDbDatabase;
import dev.millrace.cdc.internal.source.MySqlDatabase;
import dev.millrace.cdc.internal.source.PostgresDatabase;
import dev.millrace.cdc.internal.source.SourceDatabase;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Problems;
import dev.millrace.core.Suggestion;
import dev.millrace.core.project.Project;
import dev.millrace.core.project.Target;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.warehouse.Warehouses;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The connectors of a project, checked as far as files can be. */
public final class Connectors {
    /** The longest name PostgreSQL keeps. */
    private static final int NAME_BYTES = 63;

    /** Above the numbers that people give to replicas. */
    private static final long FIRST_SERVER_ID = 1L << 30;

    private final Project project;
    private final Warehouses warehouses;
    private final EndpointResolver endpoints;

    public Connectors(Project project, Warehouses warehouses) {
        this.project = project;
        this.warehouses = warehouses;
        this.endpoints = new EndpointResolver(project);
    }

    /** @throws MillraceException with everything that is wrong with their files */
    public List<Connector> read() {
        List<ConnectorSpec> specs = ConnectorFiles.read(project);
        Problems problems = new Problems();
        problems.collect(() -> checkSettings(specs));
        List<Connector> connectors = new ArrayList<>();
        for (ConnectorSpec spec : specs) {
            problems.collect(() -> connectors.add(connector(spec)));
        }
        problems.throwIfAny();
        return connectors;
    }

    private void checkSettings(List<ConnectorSpec> specs) {
        List<String> names = specs.stream().map(ConnectorSpec::name).toList();
        Optional<YamlMap> settings = project.settings().map("cdc");
        settings.ifPresent(map -> map.entries().forEach((name, entry) -> {
            if (!names.contains(name)) {
                throw new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        "no connector under cdc/ is named '" + name + "'",
                        entry.keyPosition(),
                        Suggestion.hint(name, names),
                        null);
            }
        }));
    }

    private Connector connector(ConnectorSpec spec) {
        EngineSettings.check(spec);
        ConnectorOptions options = ConnectorOptions.of(spec, project);
        Endpoint endpoint = endpoints.resolve(spec, options);
        Target target = options.destination()
                .map(profile -> project.warehouse(profile, options.at("destination", spec.position())))
                .orElse(project.target());
        return new Connector(project.name(), spec, options, endpoint, database(spec, endpoint), target, warehouses);
    }

    private SourceDatabase database(ConnectorSpec spec, Endpoint endpoint) {
        long serverId = FIRST_SERVER_ID + (ownName(spec).hashCode() & 0x3FFF_FFFF);
        return switch (spec.kind()) {
            case POSTGRES ->
                new PostgresDatabase(
                        endpoint,
                        spec.value("slot.name").orElse(ownName(spec)),
                        spec.value("slot.name").isPresent(),
                        spec.value("publication.name").orElse(ownName(spec)));
            case MYSQL -> new MySqlDatabase(endpoint, serverId);
            case MARIADB -> new MariaDbDatabase(endpoint, serverId);
        };
    }

    /** What the connector calls what it makes for itself at the source. */
    private String ownName(ConnectorSpec spec) {
        String name = ("millrace_" + project.name() + "_" + spec.name())
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9_]", "_");
        return name.length() <= NAME_BYTES
                ? name
                : name.substring(0, NAME_BYTES - 9) + "_" + String.format("%08x", name.hashCode());
    }
}
