package dev.millrace.testkit.internal.salesforce;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.testkit.SalesforceField;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The records in a file, one line of JSON for each committed request, so that a killed process loses nothing that it
 * has answered for. Opening it rewrites it with one line for each record.
 */
final class Journal implements AutoCloseable {
    private final Writer writer;

    private Journal(Writer writer) {
        this.writer = writer;
    }

    /** Puts what the file holds into the tables, and goes on writing to it. */
    static Journal open(Path file, Map<String, Table> tables) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (Files.exists(file)) {
            load(file, tables);
        }
        Path compact = file.resolveSibling(file.getFileName() + ".new");
        try (BufferedWriter out = Files.newBufferedWriter(compact)) {
            for (Table table : tables.values()) {
                for (Row row : table.rows()) {
                    out.write(line(List.of(new Change(table, row))));
                }
            }
        }
        Files.move(compact, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return new Journal(Files.newBufferedWriter(file, UTF_8, StandardOpenOption.APPEND));
    }

    /** A record of a table as it is from now on. */
    record Change(Table table, Row row) {}

    void append(Collection<Change> changes) throws IOException {
        writer.write(line(changes));
        writer.flush();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    private static String line(Collection<Change> changes) {
        ArrayNode line = Json.array();
        for (Change change : changes) {
            Row row = change.row();
            ObjectNode node = line.addObject()
                    .put("object", change.table().schema().name())
                    .put("id", row.id())
                    .put("created", row.created().toString())
                    .put("modified", row.modified().toString())
                    .put("deleted", row.deleted());
            ObjectNode values = node.putObject("values");
            for (SalesforceField field : change.table().schema().fields()) {
                Object value = row.values().get(field.name());
                if (value != null) {
                    values.set(field.name(), FieldValues.toJson(field, value));
                }
            }
        }
        return line + "\n";
    }

    private static void load(Path file, Map<String, Table> tables) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                JsonNode changes;
                try {
                    changes = Json.MAPPER.readTree(line);
                } catch (JsonProcessingException e) {
                    if (reader.readLine() == null) {
                        // The process was killed while it wrote this line, and had not answered yet.
                        return;
                    }
                    throw new IOException(file + " is damaged: " + e.getOriginalMessage(), e);
                }
                changes.forEach(change -> apply(change, tables));
            }
        }
    }

    private static void apply(JsonNode change, Map<String, Table> tables) {
        Table table = tables.get(change.path("object").asText());
        if (table == null) {
            return;
        }
        Map<String, Object> values = new HashMap<>();
        change.path("values")
                .properties()
                .forEach(entry -> table.schema()
                        .field(entry.getKey())
                        .ifPresent(field -> FieldValues.parse(field, entry.getValue())
                                .ifPresent(value -> values.put(field.name(), value))));
        table.put(new Row(
                change.path("id").asText(),
                values,
                Instant.parse(change.path("created").asText()),
                Instant.parse(change.path("modified").asText()),
                change.path("deleted").asBoolean()));
    }
}
