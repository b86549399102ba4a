package dev.millrace.transform.internal.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.core.graph.RelationName;
import dev.millrace.transform.internal.resource.ColumnInfo;
import dev.millrace.transform.internal.resource.SourceTable;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.shadow.Existing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the columns of sources: what the warehouse holds; else what the files declare, if every column has a
 * data_type; else what the last catalog.json says. Where none of them tells, the names that are declared are some of
 * its columns.
 */
final class SourceColumns {
    private final Existing existing;
    private final Path catalogFile;
    private final Map<String, List<String>> fields;
    private @Nullable JsonNode catalog;

    /**
     * @param catalogFile target/catalog.json, which need not exist
     * @param fields names of columns by key of the relation, as what writes it knows them
     */
    SourceColumns(Existing existing, Path catalogFile, Map<String, List<String>> fields) {
        this.existing = existing;
        this.catalogFile = catalogFile;
        this.fields = fields;
    }

    ShadowTable of(SourceTable source) {
        String id = source.identity().id().toString();
        RelationName name = source.relation();
        Collection<ColumnInfo> declared = source.properties().columns().values();
        Optional<List<Column>> held = existing.columns(name);
        if (held.isPresent()) {
            return new ShadowTable(id, name, held.get(), true, true);
        }
        if (!declared.isEmpty() && declared.stream().allMatch(column -> column.dataType() != null)) {
            List<Column> columns = new ArrayList<>();
            declared.forEach(column -> columns.add(new Column(column.name(), String.valueOf(column.dataType()), true)));
            return new ShadowTable(id, name, columns, true, false);
        }
        List<Column> cataloged = cataloged(id);
        if (!cataloged.isEmpty()) {
            return new ShadowTable(id, name, cataloged, true, false);
        }
        Set<String> names = new LinkedHashSet<>(fields.getOrDefault(name.key(), List.of()));
        declared.forEach(column -> names.add(column.name()));
        return ShadowTable.unknown(id, name, names);
    }

    private List<Column> cataloged(String id) {
        List<Column> columns = new ArrayList<>();
        for (JsonNode column : catalog().path("sources").path(id).path("columns")) {
            columns.add(
                    new Column(column.path("name").asText(), column.path("type").asText(), true));
        }
        return columns;
    }

    private JsonNode catalog() {
        JsonNode known = catalog;
        if (known == null) {
            known = read();
            catalog = known;
        }
        return known;
    }

    private JsonNode read() {
        ObjectMapper json = new ObjectMapper();
        if (!Files.isRegularFile(catalogFile)) {
            return json.createObjectNode();
        }
        try {
            return json.readTree(catalogFile.toFile());
        } catch (IOException e) {
            // A broken file of an earlier run tells nothing.
            return json.createObjectNode();
        }
    }
}
