package dev.millrace.transform.internal.change;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.core.graph.NodeId;
import dev.millrace.transform.internal.artifact.JsonReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The images that a manifest.json holds, Millrace's or dbt's. */
final class ManifestImages {
    private final JsonNode manifest;
    private final Map<String, String> macros = new TreeMap<>();

    ManifestImages(JsonNode manifest) {
        this.manifest = manifest;
        manifest.path("macros")
                .properties()
                .forEach(entry -> macros.put(
                        entry.getKey(),
                        Digests.of(entry.getValue().path("macro_sql").asText())));
    }

    /** Of models, seeds and snapshots; what else there is compares as it was built here. */
    Map<NodeId, NodeImage> read() {
        Map<NodeId, NodeImage> images = new LinkedHashMap<>();
        manifest.path("nodes").properties().forEach(entry -> {
            JsonNode node = entry.getValue();
            switch (node.path("resource_type").asText()) {
                case "model", "seed", "snapshot" -> images.put(NodeId.parse(entry.getKey()), image(node));
                default -> {
                    // Hooks, analyses and tests build nothing that others read.
                }
            }
        });
        return images;
    }

    /** Names of relations in compiled SQL, and what stands in them. */
    Map<String, String> relations() {
        Map<String, String> relations = new LinkedHashMap<>();
        manifest.path("nodes").properties().forEach(entry -> {
            JsonNode node = entry.getValue();
            relations.put(
                    SqlParser.key(
                            node.path("database").asText(),
                            node.path("schema").asText(),
                            node.path("alias").asText()),
                    entry.getKey());
        });
        manifest.path("sources").properties().forEach(entry -> {
            JsonNode node = entry.getValue();
            relations.put(
                    SqlParser.key(
                            node.path("database").asText(),
                            node.path("schema").asText(),
                            node.path("identifier").asText()),
                    entry.getKey());
        });
        return relations;
    }

    private NodeImage image(JsonNode node) {
        boolean seed = node.path("resource_type").asText().equals("seed");
        String code = node.path("raw_code").asText();
        Map<String, @Nullable Object> config = JsonReader.map(node.path("config"));
        boolean incremental = "incremental".equals(config.get("materialized"));
        return new NodeImage(
                seed ? node.path("checksum").path("checksum").asText() : Digests.of(code),
                NodeImages.config(config),
                contract(node),
                macros,
                "",
                Map.of(),
                Optional.ofNullable(node.path("compiled_code").textValue()),
                incremental ? Optional.of(code) : Optional.empty());
    }

    private static Map<String, @Nullable Object> contract(JsonNode node) {
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        if (node.path("contract").path("enforced").asBoolean()) {
            node.path("columns").forEach(column -> {
                JsonNode constraints = column.path("constraints");
                String more = constraints.isEmpty() ? "" : " " + JsonReader.list(constraints);
                columns.put(
                        column.path("name").asText(), column.path("data_type").asText("null") + more);
            });
        }
        return columns;
    }
}
