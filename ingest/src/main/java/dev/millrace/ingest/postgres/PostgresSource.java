package dev.millrace.ingest.postgres;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.StepContext;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.ingest.source.ReadRequest;
import dev.millrace.ingest.source.Source;
import dev.millrace.ingest.source.SourceColumn;
import dev.millrace.ingest.source.SourceStream;
import dev.millrace.ingest.source.SourceType;
import dev.millrace.ingest.source.StreamReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** A database of a PostgreSQL server (or of one that speaks its protocol and has its catalog). Thread-safe. */
public final class PostgresSource implements Source {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final PostgresSettings settings;

    private PostgresSource(PostgresSettings settings) {
        this.settings = settings;
    }

    /** {@code type: postgres}. */
    public static final class Type implements SourceType {
        @Override
        public String name() {
            return "postgres";
        }

        @Override
        public Source source(String name, YamlMap yaml, Map<String, String> environment) {
            return new PostgresSource(PostgresSettings.read(name, yaml, environment));
        }
    }

    @Override
    public String identity() {
        return settings.identity();
    }

    @Override
    public boolean readsEverything() {
        return true;
    }

    @Override
    public String probe(Duration patience) {
        try (PostgresConnection connection = PostgresConnection.open(settings, patience);
                Statement statement = connection.jdbc().createStatement();
                ResultSet row = statement.executeQuery(
                        "select current_setting('server_version'), current_setting('wal_level', true)")) {
            row.next();
            return "PostgreSQL " + row.getString(1) + " at " + settings.host() + ":" + settings.port() + ", database "
                    + settings.database() + ", user " + settings.user() + ", wal_level " + row.getString(2);
        } catch (SQLException e) {
            throw PostgresErrors.of(e, settings, "while reading its settings");
        }
    }

    @Override
    public List<SourceStream> discover(Collection<String> wanted, Duration patience) {
        try (PostgresConnection connection = PostgresConnection.open(settings, patience)) {
            List<SourceStream> streams = new ArrayList<>();
            for (PgTable table : new PostgresCatalog(connection.jdbc()).tables(settings.schemas())) {
                List<SourceColumn> columns = table.columns().stream()
                        .map(column -> new SourceColumn(column.name(), column.typeName(), column.nullable()))
                        .toList();
                streams.add(new SourceStream(
                        table.schema(),
                        table.name(),
                        columns,
                        table.primaryKey(),
                        table.included() && !columns.isEmpty()));
            }
            return streams;
        } catch (SQLException e) {
            throw PostgresErrors.of(e, settings, "while reading the catalog");
        }
    }

    @Override
    public StreamReader open(ReadRequest request, StepContext context) {
        String schema = request.namespace().isEmpty() ? settings.schemas().get(0) : request.namespace();
        PostgresConnection connection = PostgresConnection.open(settings, PATIENCE);
        try (var ignored = context.onCancel(connection::cancel)) {
            return TableRead.begin(connection, schema, request);
        } catch (SQLException e) {
            connection.close();
            MillraceException failure =
                    PostgresErrors.of(e, settings, "while reading " + schema + "." + request.name());
            throw failure.code() == ErrorCode.STREAM_NOT_FOUND ? TableRead.notFound(schema, request.name()) : failure;
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }
}
