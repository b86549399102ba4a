package dev.millrace.activate.internal.postgres;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Secret;
import dev.millrace.core.yaml.YamlMap;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * A database of a PostgreSQL server, as an entry of millrace.yml describes it.
 *
 * @param schema that tables without one are in
 * @param parameters further properties of the JDBC driver
 */
record PostgresTarget(
        String name,
        String host,
        long port,
        String database,
        String user,
        Optional<Secret> password,
        String schema,
        Map<String, String> parameters,
        YamlMap settings) {
    static final List<String> KEYS = List.of(
            "type",
            "host",
            "port",
            "database",
            "dbname",
            "user",
            "username",
            "password",
            "schema",
            "schemas",
            "sslmode",
            "sslrootcert",
            "sslcert",
            "sslkey",
            "params",
            "rate_limit");
    private static final List<String> SSL = List.of("sslmode", "sslrootcert", "sslcert", "sslkey");
    private static final long USUAL_PORT = 5432;
    private static final long LAST_PORT = 65_535;

    PostgresTarget {
        parameters = Map.copyOf(parameters);
    }

    static PostgresTarget read(String name, YamlMap settings) {
        settings.allowOnly(KEYS);
        Map<String, String> parameters = new TreeMap<>();
        settings.map("params").ifPresent(map -> map.keys().forEach(key -> parameters.put(key, map.requireString(key))));
        SSL.forEach(key -> settings.string(key).ifPresent(value -> parameters.put(key, value)));
        String user = first(settings, "user", "username").orElseGet(() -> settings.requireString("user"));
        long port = settings.integer("port").orElse(USUAL_PORT);
        if (port < 1 || port > LAST_PORT) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "'port' must be a number from 1 to 65535, but is " + port,
                    settings.positionOf("port"),
                    null,
                    null);
        }
        return new PostgresTarget(
                name,
                settings.string("host").orElse("localhost"),
                port,
                first(settings, "database", "dbname").orElse(user),
                user,
                settings.string("password").map(Secret::of),
                first(settings, "schema")
                        .or(() -> settings.strings("schemas").stream().findFirst())
                        .orElse("public"),
                parameters,
                settings);
    }

    private static Optional<String> first(YamlMap settings, String... keys) {
        return List.of(keys).stream()
                .flatMap(key -> settings.string(key).stream())
                .findFirst();
    }

    String address() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    String jdbcUrl() {
        return "jdbc:postgresql://" + address() + "/" + URLEncoder.encode(database, StandardCharsets.UTF_8);
    }

    /** What the driver needs beside the URL. Holds the password. */
    Properties properties(Duration patience) {
        Properties properties = new Properties();
        properties.putAll(parameters);
        properties.setProperty("user", user);
        password.ifPresent(secret -> properties.setProperty("password", secret.reveal()));
        properties.putIfAbsent("ApplicationName", "millrace");
        properties.putIfAbsent("tcpKeepAlive", "true");
        properties.putIfAbsent("connectTimeout", Long.toString(patience.toSeconds()));
        // With a time limit the driver connects on a thread of its own, and an interrupt ends the wait for it.
        properties.putIfAbsent("loginTimeout", Long.toString(patience.toSeconds() * 2));
        properties.putIfAbsent("cancelSignalTimeout", "2");
        return properties;
    }

    /** The text without the password, should a message repeat it. */
    String withoutSecrets(String text) {
        return password.map(Secret::reveal)
                .filter(secret -> secret.length() > 3)
                .map(secret -> text.replace(secret, "****"))
                .orElse(text);
    }
}
