package dev.millrace.cli.up;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Secret;
import dev.millrace.core.project.Project;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlScalar;
import dev.millrace.serving.QueryGuard;
import dev.millrace.serving.pgwire.PgServer;
import dev.millrace.serving.pgwire.PgServerOptions;
import dev.millrace.warehouse.Warehouse;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The SQL endpoint that {@code server: sql:} of millrace.yml describes. Without that section it listens on its usual
 * port of this machine, if nobody else does.
 *
 * @param options how it listens
 * @param required whether it is an error when it cannot
 */
public record SqlEndpoint(PgServerOptions options, boolean required) {
    private static final int PORT = 5433;

    /**
     * Reads the section; empty if it says {@code sql: false}.
     *
     * @throws MillraceException CONFIG_INVALID, CONFIG_MISSING or ENV_VAR_MISSING at their place
     */
    public static Optional<SqlEndpoint> of(Project project) {
        Optional<YamlMap> server = project.settings().map("server").map(project::render);
        if (server.isEmpty() || server.get().get("sql").isEmpty()) {
            return Optional.of(new SqlEndpoint(PgServerOptions.onLoopback(PORT), false));
        }
        if (server.get().get("sql").get() instanceof YamlScalar) {
            return server.get().bool("sql").orElse(true)
                    ? Optional.of(new SqlEndpoint(PgServerOptions.onLoopback(PORT), true))
                    : Optional.empty();
        }
        YamlMap sql = server.get().map("sql").orElseThrow();
        sql.allowOnly(List.of("host", "port", "token"));
        PgServerOptions options = PgServerOptions.onLoopback(port(sql));
        options = sql.string("host").map(options::withHost).orElse(options);
        if (sql.has("token")) {
            options = options.withToken(token(project, sql));
        }
        return Optional.of(new SqlEndpoint(options, true));
    }

    private static int port(YamlMap sql) {
        long port = sql.integer("port").orElse(PORT);
        if (port < 0 || port > 65535) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "'port' must be a number from 0 to 65535, but is " + port,
                    sql.positionOf("port"),
                    null,
                    null);
        }
        return (int) port;
    }

    private static Secret token(Project project, YamlMap sql) {
        String value = project.invocation().environment().get(sql.requireString("token"));
        if (value == null || value.isBlank()) {
            throw new MillraceException(
                    ErrorCode.ENV_VAR_MISSING,
                    "the environment variable that holds the SQL endpoint's password is not set",
                    sql.positionOf("token"),
                    "'token' names an environment variable.",
                    null);
        }
        return Secret.of(value);
    }

    /** Begins to listen; empty if its usual port is taken and nobody has asked for it. */
    public Optional<PgServer> start(Supplier<Warehouse> warehouse) {
        try {
            return Optional.of(PgServer.start(warehouse.get(), new QueryGuard(), options));
        } catch (MillraceException e) {
            if (required || e.code() != ErrorCode.CONNECTION_REFUSED) {
                throw e;
            }
            return Optional.empty();
        }
    }
}
