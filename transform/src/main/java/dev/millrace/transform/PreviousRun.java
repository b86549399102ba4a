package dev.millrace.transform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.transform.internal.artifact.JsonReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The run that a {@code run_results.json} tells of, be it Millrace's or dbt's.
 *
 * @param command such as {@code build}; empty if the file does not say
 * @param vars of {@code --vars}
 * @param unfinished ids of the nodes that failed or were skipped
 */
public record PreviousRun(
        String command,
        Map<String, @Nullable Object> vars,
        boolean fullRefresh,
        Optional<String> target,
        Optional<String> profile,
        Optional<Integer> threads,
        List<String> unfinished) {
    private static final Set<String> RETRIED = Set.of("error", "fail", "skipped", "runtime error", "partial success");

    public PreviousRun {
        vars = new LinkedHashMap<>(vars);
        unfinished = List.copyOf(unfinished);
    }

    /**
     * @param folder that holds run_results.json
     * @throws MillraceException CONFIG_MISSING if there is none
     */
    public static PreviousRun read(Path folder) {
        Path file = folder.resolve("run_results.json");
        JsonNode json = JsonReader.read(file)
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.CONFIG_MISSING,
                        "there is no " + file,
                        null,
                        "It is written by build, run, test, seed and snapshot. Name its folder with --state.",
                        null));
        JsonNode args = json.path("args");
        List<String> unfinished = new ArrayList<>();
        json.path("results").forEach(result -> {
            if (RETRIED.contains(result.path("status").asText())) {
                unfinished.add(result.path("unique_id").asText());
            }
        });
        args.path("unfinished").forEach(id -> unfinished.add(id.asText()));
        return new PreviousRun(
                args.path("which").asText(""),
                JsonReader.map(args.path("vars")),
                args.path("full_refresh").asBoolean(false),
                text(args, "target"),
                text(args, "profile"),
                args.path("threads").isInt() ? Optional.of(args.path("threads").asInt()) : Optional.empty(),
                unfinished);
    }

    private static Optional<String> text(JsonNode args, String key) {
        return Optional.ofNullable(args.path(key).textValue());
    }
}
