package dev.millrace.cli.listing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Compiled SQL as {@code compile --output json} prints it. */
public final class CompiledJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private CompiledJson() {}

    /** @param node its name; none for a query of the command line */
    public static String of(Optional<String> node, String sql) {
        Map<String, String> fields = new LinkedHashMap<>();
        node.ifPresent(name -> fields.put("node", name));
        fields.put("compiled", sql.strip());
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can be written as JSON", e);
        }
    }
}
