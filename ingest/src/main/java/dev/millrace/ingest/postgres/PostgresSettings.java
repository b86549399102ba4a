package dev.millrace.ingest.postgres;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Secret;
import dev.millrace.core.project.Target;
import dev.millrace.core.yaml.YamlMap;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * The settings of a PostgreSQL source: by single keys, or by a URL that the keys add to.
 *
 * @param parameters further properties of the JDBC driver
 */
record PostgresSettings(
        String name,
        String host,
        int port,
        String database,
        String user,
        Optional<Secret> password,
        List<String> schemas,
        Map<String, String> parameters,
        YamlMap yaml) {
    private static final Set<String> KEYS = Set.of(
            "type",
            "host",
            "port",
            "database",
            "dbname",
            "db",
            "user",
            "username",
            "password",
            "pass",
            "schema",
            "schemas",
            "sslmode",
            "ssl_mode",
            "sslrootcert",
            "sslcert",
            "sslkey",
            "url",
            "jdbc_url",
            "params");

    static PostgresSettings read(String name, YamlMap yaml, Map<String, String> environment) {
        yaml.allowOnly(KEYS);
        Map<String, String> fromUrl = url(yaml);
        Map<String, String> parameters = new TreeMap<>(fromUrl);
        yaml.map("params").ifPresent(map -> map.keys().forEach(key -> parameters.put(key, map.requireString(key))));
        for (String key : List.of("sslrootcert", "sslcert", "sslkey", "sslmode")) {
            yaml.string(key).ifPresent(value -> parameters.put(key, value));
        }
        yaml.string("ssl_mode").ifPresent(value -> parameters.put("sslmode", value));
        for (PGProperty property : List.of(
                PGProperty.USER, PGProperty.PASSWORD, PGProperty.PG_HOST, PGProperty.PG_PORT, PGProperty.PG_DBNAME)) {
            parameters.remove(property.getName());
        }
        String user = first(yaml, "user", "username")
                .or(() -> at(fromUrl, PGProperty.USER))
                .or(() -> Optional.ofNullable(environment.get("PGUSER")))
                .orElseThrow(() -> missing(yaml, "user"));
        return new PostgresSettings(
                name,
                first(yaml, "host").or(() -> at(fromUrl, PGProperty.PG_HOST)).orElse("localhost"),
                port(yaml, fromUrl),
                first(yaml, "database", "dbname", "db")
                        .or(() -> at(fromUrl, PGProperty.PG_DBNAME))
                        .orElse(user),
                user,
                first(yaml, "password", "pass")
                        .or(() -> at(fromUrl, PGProperty.PASSWORD))
                        .or(() -> Optional.ofNullable(environment.get("PGPASSWORD")))
                        .map(Secret::of),
                schemas(yaml),
                parameters,
                yaml);
    }

    String jdbcUrl() {
        String address = host.contains(":") ? "[" + host + "]" : host;
        return "jdbc:postgresql://" + address + ":" + port + "/"
                + java.net.URLEncoder.encode(database, java.nio.charset.StandardCharsets.UTF_8);
    }

    /** What the driver needs beside the URL. Holds the password. */
    Properties properties() {
        Properties properties = new Properties();
        properties.putAll(parameters);
        properties.setProperty("user", user);
        password.ifPresent(secret -> properties.setProperty("password", secret.reveal()));
        properties.putIfAbsent("ApplicationName", "millrace");
        properties.putIfAbsent("tcpKeepAlive", "true");
        return properties;
    }

    /** What changes when another system, or another part of it, is meant. */
    String identity() {
        Map<String, String> shown = new LinkedHashMap<>(parameters);
        shown.keySet().removeIf(Target::isSecret);
        return "postgres://" + user + "@" + host + ":" + port + "/" + database + " " + schemas + " " + shown;
    }

    Position position() {
        return yaml.position();
    }

    /** Where the first of these keys that is there stands; else the whole entry. */
    Position positionOf(String... keys) {
        return Arrays.stream(keys)
                .filter(yaml::has)
                .findFirst()
                .map(yaml::positionOf)
                .orElse(yaml.position());
    }

    /** The text without the password, should a message repeat it. */
    String withoutSecrets(String text) {
        return password.map(Secret::reveal)
                .filter(secret -> secret.length() > 3)
                .map(secret -> text.replace(secret, "****"))
                .orElse(text);
    }

    @Override
    public String toString() {
        return identity();
    }

    private static Map<String, String> url(YamlMap yaml) {
        Optional<String> url = first(yaml, "url", "jdbc_url");
        if (url.isEmpty()) {
            return Map.of();
        }
        Properties parsed = Driver.parseURL(jdbcForm(url.get()), null);
        if (parsed == null) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "'url' is not the URL of a PostgreSQL database",
                    yaml.positionOf(yaml.has("url") ? "url" : "jdbc_url"),
                    "Write postgresql://user@host:5432/database, and the password in 'password:'.",
                    null);
        }
        Map<String, String> values = new LinkedHashMap<>();
        parsed.stringPropertyNames().forEach(key -> values.put(key, parsed.getProperty(key)));
        return values;
    }

    /** {@code postgres://user:password@host/db}, as most tools write it, in the driver's form. */
    private static String jdbcForm(String url) {
        if (url.startsWith("jdbc:")) {
            return url;
        }
        String rest = url.replaceFirst("^postgres(ql)?://", "");
        int at = rest.lastIndexOf('@', rest.indexOf('/') < 0 ? rest.length() : rest.indexOf('/'));
        if (at < 0) {
            return "jdbc:postgresql://" + rest;
        }
        String[] login = rest.substring(0, at).split(":", 2);
        String credentials = "user=" + login[0] + (login.length > 1 ? "&password=" + login[1] : "");
        String address = rest.substring(at + 1);
        return "jdbc:postgresql://" + address + (address.contains("?") ? "&" : "?") + credentials;
    }

    private static int port(YamlMap yaml, Map<String, String> fromUrl) {
        String text = first(yaml, "port")
                .or(() -> at(fromUrl, PGProperty.PG_PORT))
                .orElse("5432")
                .trim();
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "'port' must be a number from 1 to 65535, but is '" + text + "'",
                    yaml.positionOf("port"),
                    null,
                    null);
        }
        return Integer.parseInt(text);
    }

    private static List<String> schemas(YamlMap yaml) {
        List<String> schemas = yaml.has("schemas") ? yaml.strings("schemas") : yaml.strings("schema");
        return schemas.isEmpty() ? List.of("public") : List.copyOf(schemas);
    }

    private static Optional<String> at(Map<String, String> values, PGProperty property) {
        return Optional.ofNullable(values.get(property.getName())).filter(value -> !value.isEmpty());
    }

    private static Optional<String> first(YamlMap yaml, String... keys) {
        return Arrays.stream(keys).flatMap(key -> yaml.string(key).stream()).findFirst();
    }

    private static MillraceException missing(YamlMap yaml, String key) {
        return new MillraceException(
                ErrorCode.CONFIG_MISSING,
                "'" + key + "' is missing",
                yaml.position(),
                "Add '" + key + ":' here.",
                null);
    }
}
