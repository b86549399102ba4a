package dev.millrace.ingest.salesforce;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.graph.StepContext;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.ingest.source.CursorRange;
import dev.millrace.ingest.source.ReadRequest;
import dev.millrace.ingest.source.Source;
import dev.millrace.ingest.source.SourceColumn;
import dev.millrace.ingest.source.SourceStream;
import dev.millrace.ingest.source.SourceType;
import dev.millrace.ingest.source.StreamReader;
import dev.millrace.salesforce.FieldDescription;
import dev.millrace.salesforce.ObjectDescription;
import dev.millrace.salesforce.SalesforceClient;
import dev.millrace.salesforce.SalesforceConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The objects of a Salesforce organisation. Thread-safe. */
public final class SalesforceSource implements Source {
    private static final String ID = "Id";
    private static final List<String> CURSORS = List.of("SystemModstamp", "LastModifiedDate", "CreatedDate");

    private final YamlMap settings;
    private final SalesforceConfig config;

    private SalesforceSource(YamlMap settings) {
        this.settings = settings;
        this.config = SalesforceConfig.read(settings);
    }

    /** {@code type: salesforce}. */
    public static final class Type implements SourceType {
        @Override
        public String name() {
            return "salesforce";
        }

        @Override
        public Source source(String name, YamlMap settings, Map<String, String> environment) {
            List<String> keys = new ArrayList<>(SalesforceConfig.KEYS);
            keys.add("type");
            settings.allowOnly(keys);
            return new SalesforceSource(settings);
        }
    }

    @Override
    public String identity() {
        return "salesforce " + config.url() + " " + config.apiVersion() + " "
                + settings.string("username")
                        .or(() -> settings.string("client_id"))
                        .orElse("");
    }

    /** An organisation has hundreds of objects; only those are read that somebody asks for. */
    @Override
    public boolean readsEverything() {
        return false;
    }

    @Override
    public boolean hasDefaultCursor() {
        return true;
    }

    @Override
    public Optional<String> defaultCursor(SourceStream stream) {
        return CURSORS.stream().filter(name -> stream.column(name).isPresent()).findFirst();
    }

    @Override
    public String probe(Duration patience) {
        try {
            return new SalesforceClient(
                            config.withRetries(1, Duration.ofMillis(1)).withRequestTimeout(patience))
                    .probe();
        } catch (MillraceException e) {
            throw e.at(settings.position());
        }
    }

    @Override
    public List<SourceStream> discover(Collection<String> wanted, Duration patience) {
        SalesforceClient client = new SalesforceClient(
                config.withRetries(2, Duration.ofMillis(200)).withRequestTimeout(patience));
        try {
            List<SourceStream> streams = new ArrayList<>();
            for (String object : client.objects()) {
                if (wanted.stream().anyMatch(object::equalsIgnoreCase)) {
                    streams.add(stream(client.describe(object)));
                }
            }
            return streams;
        } catch (MillraceException e) {
            throw e.at(settings.position());
        }
    }

    private static SourceStream stream(ObjectDescription object) {
        List<SourceColumn> columns = object.fields().stream()
                .filter(field -> !FieldMapping.isSkipped(field))
                .map(field -> new SourceColumn(field.name(), field.type(), field.nillable()))
                .toList();
        return new SourceStream(
                "", object.name(), columns, object.field(ID).isPresent() ? List.of(ID) : List.of(), true);
    }

    @Override
    public StreamReader open(ReadRequest request, StepContext context) {
        // What the step itself tries again has been tried again here before.
        SalesforceConfig patient = context.attempt() == 1
                ? config
                : config.withRetryLimit(config.retryLimit().dividedBy(3));
        SalesforceClient client = new SalesforceClient(patient, message -> context.log(LogLevel.WARN, message));
        try (var ignored = context.onCancel(client::cancel)) {
            ObjectDescription object = client.describe(request.name());
            List<FieldMapping> fields = fields(object, request);
            Optional<CursorRange> range = request.cursor();
            String soql = Soql.select(object.name(), fields, range);
            boolean increment = range.flatMap(CursorRange::from).isPresent();
            boolean marksDeletions = object.field("IsDeleted").isPresent();
            return RecordReader.open(
                    client,
                    increment && marksDeletions ? client.queryAll(soql) : client.query(soql),
                    fields,
                    object.field(ID).isPresent() ? List.of(ID) : List.of());
        } catch (MillraceException e) {
            throw e.code() == ErrorCode.STREAM_NOT_FOUND ? e : e.at(settings.position());
        }
    }

    private static List<FieldMapping> fields(ObjectDescription object, ReadRequest request) {
        if (request.columns().isEmpty()) {
            return object.fields().stream()
                    .filter(field -> !FieldMapping.isSkipped(field))
                    .map(field -> FieldMapping.of(object.name(), field, request.types()))
                    .toList();
        }
        List<FieldMapping> fields = new ArrayList<>();
        for (String name : request.columns()) {
            FieldDescription field = object.field(name)
                    .orElseThrow(() -> new MillraceException(
                            ErrorCode.SCHEMA_CHANGED, object.name() + " has no field '" + name + "'"));
            fields.add(FieldMapping.of(object.name(), field, request.types()));
        }
        return fields;
    }
}
