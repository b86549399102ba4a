package dev.millrace.transform.internal.change;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.transform.internal.artifact.JsonReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What made up a node at some time.
 *
 * @param body stands for its text: two bodies are the same if these are
 * @param config what it was configured with, as far as that matters to what it makes
 * @param contract its columns and their types, if it promised them
 * @param macros by id, what stands for the text of each macro of the project that it may reach
 * @param relation where it was written to; empty if that is not known or it has none
 * @param inputs the relations of what it reads, by id; empty if they are not known
 * @param sql it was compiled to
 * @param code its text, where more than the body is needed
 */
record NodeImage(
        String body,
        Map<String, @Nullable Object> config,
        Map<String, @Nullable Object> contract,
        Map<String, String> macros,
        String relation,
        Map<String, String> inputs,
        Optional<String> sql,
        Optional<String> code) {
    NodeImage withSql(Optional<String> compiled) {
        return new NodeImage(body, config, contract, macros, relation, inputs, compiled, code);
    }

    Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("body", body);
        json.put("config", config);
        json.put("contract", contract);
        json.put("macros", macros);
        json.put("relation", relation);
        json.put("inputs", inputs);
        sql.ifPresent(text -> json.put("sql", text));
        code.ifPresent(text -> json.put("code", text));
        return json;
    }

    static NodeImage of(JsonNode json) {
        return new NodeImage(
                json.path("body").asText(),
                JsonReader.map(json.path("config")),
                JsonReader.map(json.path("contract")),
                texts(json.path("macros")),
                json.path("relation").asText(),
                texts(json.path("inputs")),
                Optional.ofNullable(json.path("sql").textValue()),
                Optional.ofNullable(json.path("code").textValue()));
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new TreeMap<>();
        object.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }
}
