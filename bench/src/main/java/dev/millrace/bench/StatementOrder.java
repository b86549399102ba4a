package dev.millrace.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Lists the statements of the last build, in the order in which its nodes ended, for {@link StatementLoop}. */
final class StatementOrder {
    private StatementOrder() {}

    /** @param arguments the target folder of the build, and the file to write: a path to a statement on each line */
    public static void main(String[] arguments) throws IOException {
        Path target = Path.of(arguments[0]);
        ObjectMapper json = new ObjectMapper();
        JsonNode nodes = json.readTree(target.resolve("manifest.json").toFile()).path("nodes");
        List<String> paths = new ArrayList<>();
        for (JsonNode result :
                json.readTree(target.resolve("run_results.json").toFile()).path("results")) {
            JsonNode node = nodes.path(result.path("unique_id").asText());
            Path folder =
                    target.resolve("run").resolve(node.path("package_name").asText());
            Path file = folder.resolve(node.path("original_file_path").asText());
            Path ofTest = file.resolve(node.path("path").asText());
            if (Files.isRegularFile(ofTest)) {
                paths.add(ofTest.toString());
            } else if (Files.isRegularFile(file)) {
                paths.add(file.toString());
            }
        }
        Files.write(Path.of(arguments[1]), paths);
    }
}
