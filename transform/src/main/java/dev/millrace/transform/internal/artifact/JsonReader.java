package dev.millrace.transform.internal.artifact;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads artifacts that Millrace or dbt wrote. */
public final class JsonReader {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonReader() {}

    /**
     * The file's content, if there is such a file.
     *
     * @throws MillraceException CONFIG_INVALID if it is no JSON
     */
    public static Optional<JsonNode> read(Path file) {
        try {
            return Optional.of(JSON.readTree(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new MillraceException(ErrorCode.CONFIG_INVALID, "cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Plain Java values as they would be read back from their JSON. */
    static JsonNode tree(Map<String, @Nullable Object> json) {
        try {
            return JSON.readTree(JsonWriter.text(json));
        } catch (IOException e) {
            throw new IllegalStateException("what was written as JSON can be read", e);
        }
    }

    /** An object's entries as plain Java values; empty for what is no object. */
    public static Map<String, @Nullable Object> map(JsonNode object) {
        return object.isObject()
                ? JSON.convertValue(object, new TypeReference<LinkedHashMap<String, @Nullable Object>>() {})
                : new LinkedHashMap<>();
    }

    /** An array's items as plain Java values; empty for what is no array. */
    public static List<@Nullable Object> list(JsonNode array) {
        return array.isArray()
                ? JSON.convertValue(array, new TypeReference<ArrayList<@Nullable Object>>() {})
                : List.of();
    }
}
