package dev.millrace.transform.internal.run;

import dev.millrace.core.graph.RelationName;
import dev.millrace.jinja.Call;
import dev.millrace.jinja.Callable;
import dev.millrace.transform.internal.context.References;
import dev.millrace.transform.internal.relation.DbtRelation;
import dev.millrace.transform.internal.relation.RelationPolicy;
import dev.millrace.transform.internal.resource.Manifest;
import dev.millrace.transform.internal.resource.SourceArgs;
import dev.millrace.transform.internal.resource.SourceTable;
import java.util.Optional;

/** {@code source} of a node that is compiled. */
final class SourceFunction implements Callable {
    private final Manifest manifest;
    private final String packageName;
    private final String database;
    private final InputReading reading;
    private final InputSpan during;

    SourceFunction(Manifest manifest, String packageName, String database, InputReading reading, InputSpan during) {
        this.manifest = manifest;
        this.packageName = packageName;
        this.database = database;
        this.reading = reading;
        this.during = during;
    }

    @Override
    public Object call(Call call) {
        SourceArgs source = References.source(call);
        Optional<SourceTable> table = manifest.source(source.source(), source.table(), packageName);
        if (table.isEmpty()) {
            return reading.of(DbtRelation.of(database, source.source(), source.table(), null));
        }
        Optional<String> external = ExternalLocation.of(table.get());
        if (external.isPresent()) {
            return during.of(
                    reading.of(DbtRelation.external(external.get())),
                    table.get().config(),
                    table.get().properties());
        }
        RelationName name = table.get().relation();
        var quoting = table.get().quoting();
        DbtRelation relation = reading.of(DbtRelation.of(name, null)
                .withQuote(new RelationPolicy(
                        quoting.getOrDefault("database", true),
                        quoting.getOrDefault("schema", true),
                        quoting.getOrDefault("identifier", true))));
        return during.of(relation, table.get().config(), table.get().properties());
    }

    @Override
    public String callableName() {
        return "source";
    }
}
