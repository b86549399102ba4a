package dev.millrace.cdc.internal.config;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Secret;
import dev.millrace.core.Suggestion;
import dev.millrace.core.project.Project;
import dev.millrace.core.yaml.YamlMap;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the database of a connector. What its file leaves out comes from an entry under {@code sources:} of
 * millrace.yml: the one it names, the one that is called as its {@code database.hostname}, or the one with the same
 * host and database.
 */
public final class EndpointResolver {
    private static final String HOST = "database.hostname";
    private static final String PORT = "database.port";
    private static final String DATABASE = "database.dbname";
    private static final String USER = "database.user";
    private static final String PASSWORD = "database.password";
    private static final List<String> SSL = List.of("sslmode", "sslrootcert", "sslcert", "sslkey");

    private final Project project;

    public EndpointResolver(Project project) {
        this.project = project;
    }

    /** An entry under {@code sources:}, and whether its host counts for the connector's. */
    private record Entry(String name, YamlMap settings, boolean decidesHost) {}

    /**
     * @throws MillraceException CONFIG_MISSING or CONFIG_INVALID at the place in the connector's file or millrace.yml
     */
    public Endpoint resolve(ConnectorSpec spec, ConnectorOptions options) {
        Optional<Entry> entry = entry(spec, options);
        YamlMap source = entry.map(Entry::settings).orElse(YamlMap.empty(spec.position()));
        boolean sourceDecides = entry.map(Entry::decidesHost).orElse(false);
        Optional<String> sourceHost =
                text(source, "host").or(() -> sourceDecides ? Optional.of("localhost") : Optional.empty());
        String host = sourceDecides
                ? sourceHost.orElseThrow()
                : spec.value(HOST).or(() -> sourceHost).orElseThrow(() -> missing(spec, HOST, ""));
        Optional<String> port = sourceDecides
                ? text(source, "port").or(() -> spec.value(PORT))
                : spec.value(PORT).or(() -> text(source, "port"));
        String database = spec.kind() != DatabaseKind.POSTGRES
                ? ""
                : spec.value(DATABASE)
                        .or(() -> text(source, "database", "dbname", "db"))
                        .orElseThrow(() -> missing(spec, DATABASE, ""));
        Map<String, String> environment = project.invocation().environment();
        boolean postgres = spec.kind() == DatabaseKind.POSTGRES;
        String user = spec.value(USER)
                .or(() -> text(source, "user", "username"))
                .or(() -> postgres ? Optional.ofNullable(environment.get("PGUSER")) : Optional.empty())
                .orElseThrow(() -> missing(spec, USER, advice(spec, host, database)));
        String password = spec.value(PASSWORD)
                .or(() -> text(source, "password", "pass"))
                .or(() -> postgres ? Optional.ofNullable(environment.get("PGPASSWORD")) : Optional.empty())
                .orElse("");
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String key : SSL) {
            text(source, key).ifPresent(value -> parameters.put(key, value));
        }
        text(source, "ssl_mode").ifPresent(value -> parameters.put("sslmode", value));
        return new Endpoint(
                entry.map(Entry::name).orElse(host),
                spec.kind(),
                host,
                port(port, spec, source),
                database,
                user,
                Secret.of(password),
                parameters,
                entry.isPresent() ? source.position() : spec.position());
    }

    private Optional<Entry> entry(ConnectorSpec spec, ConnectorOptions options) {
        Map<String, YamlMap> known = sources(spec.kind());
        Optional<String> named = options.source().or(spec::source);
        if (named.isPresent()) {
            YamlMap settings = known.get(named.get());
            if (settings == null) {
                throw unknown(spec, options, named.get(), known);
            }
            return Optional.of(new Entry(named.get(), settings, true));
        }
        String host = spec.value(HOST).orElse("");
        YamlMap sameName = known.get(host);
        if (sameName != null) {
            return Optional.of(new Entry(host, sameName, true));
        }
        Optional<String> database = spec.value(DATABASE);
        return known.entrySet().stream()
                .filter(one -> text(one.getValue(), "host").orElse("localhost").equals(host))
                .filter(one -> text(one.getValue(), "database", "dbname", "db")
                        .map(name -> database.isEmpty() || database.get().equals(name))
                        .orElse(true))
                .findFirst()
                .map(one -> new Entry(one.getKey(), one.getValue(), false));
    }

    /** The entries of this kind, rendered; others may use variables that are not set here. */
    private Map<String, YamlMap> sources(DatabaseKind kind) {
        Map<String, YamlMap> found = new LinkedHashMap<>();
        project.settings()
                .map("sources")
                .ifPresent(all -> all.keys().forEach(name -> {
                    all.map(name)
                            .filter(settings -> settings.string("type")
                                    .map(kind::isSourceType)
                                    .orElse(false))
                            .ifPresent(settings -> found.put(name, project.render(settings)));
                }));
        return found;
    }

    private MillraceException unknown(
            ConnectorSpec spec, ConnectorOptions options, String name, Map<String, YamlMap> known) {
        return new MillraceException(
                ErrorCode.CONFIG_MISSING,
                "millrace.yml describes no " + spec.kind().title() + " source '" + name + "'",
                options.at("source", spec.position()),
                Optional.ofNullable(Suggestion.hint(name, known.keySet())).orElse("Add it under 'sources:' there."),
                null);
    }

    private static int port(Optional<String> text, ConnectorSpec spec, YamlMap source) {
        String port = text.orElse(Integer.toString(spec.kind().defaultPort()));
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
            Position position = spec.value(PORT).isPresent() ? spec.at(PORT) : source.positionOf("port");
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "the port must be a number from 1 to 65535, but is '" + port + "'",
                    position,
                    null,
                    null);
        }
        return Integer.parseInt(port);
    }

    private static String advice(ConnectorSpec spec, String host, String database) {
        String type = spec.kind().name().toLowerCase(java.util.Locale.ROOT);
        return "Describe the database in millrace.yml:\nsources:\n  " + host + ": {type: " + type
                + ", host: …, user: …, password: \"{{ env_var('…') }}\""
                + (database.isEmpty() ? "" : ", database: " + database) + "}";
    }

    private static MillraceException missing(ConnectorSpec spec, String key, String advice) {
        return new MillraceException(
                ErrorCode.CONFIG_MISSING,
                "'" + key + "' is missing",
                spec.position(),
                advice.isEmpty() ? "Add '" + key + ":' to the connector's config." : advice,
                null);
    }

    private static Optional<String> text(YamlMap map, String... keys) {
        return Arrays.stream(keys).flatMap(key -> map.string(key).stream()).findFirst();
    }
}
