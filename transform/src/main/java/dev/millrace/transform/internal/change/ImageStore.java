package dev.millrace.transform.internal.change;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.project.Project;
import dev.millrace.transform.internal.artifact.JsonReader;
import dev.millrace.transform.internal.artifact.JsonWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps what each node was when it was last built, per target, in {@code .millrace/built/}. It may be deleted: then
 * every node counts as new.
 */
final class ImageStore {
    /** What is written in another form is not read. */
    private static final int VERSION = 1;

    private final Path file;

    ImageStore(Project project) {
        String target = project.target().profile() + "." + project.target().name();
        this.file = project.root()
                .resolve(".millrace")
                .resolve("built")
                .resolve(target.replaceAll("[^\\w.-]", "_") + ".json");
    }

    /** Empty when nothing has been built yet. */
    Map<NodeId, NodeImage> read() {
        Map<NodeId, NodeImage> images = new LinkedHashMap<>();
        Optional<JsonNode> json = JsonReader.read(file);
        if (json.isPresent() && json.get().path("version").asInt() == VERSION) {
            json.get()
                    .path("nodes")
                    .properties()
                    .forEach(entry -> images.put(NodeId.parse(entry.getKey()), NodeImage.of(entry.getValue())));
        }
        return images;
    }

    void write(Map<NodeId, NodeImage> images) {
        Map<String, Object> nodes = new LinkedHashMap<>();
        images.forEach((id, image) -> nodes.put(id.toString(), image.toMap()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", VERSION);
        json.put("nodes", nodes);
        JsonWriter.write(file, json);
    }
}
