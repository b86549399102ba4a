package dev.millrace.transform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.transform.internal.artifact.JsonReader;
import dev.millrace.transform.internal.artifact.PreviousBatches;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
 * @param flags of how models are built, by the names of dbt's flags
 * @param batches what was built of microbatch models
 */
public record PreviousRun(
        String command,
        Map<String, @Nullable Object> vars,
        boolean fullRefresh,
        Optional<String> target,
        Optional<String> profile,
        Optional<Integer> threads,
        List<String> unfinished,
        Map<String, Object> flags,
        PreviousBatches batches) {
    private static final Set<String> RETRIED = Set.of("error", "fail", "skipped", "runtime error", "partial success");

    public PreviousRun {
        vars = new LinkedHashMap<>(vars);
        unfinished = List.copyOf(unfinished);
        flags = Map.copyOf(flags);
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
                unfinished,
                flags(args),
                PreviousBatches.of(json));
    }

    private static Map<String, Object> flags(JsonNode args) {
        Map<String, Object> flags = new LinkedHashMap<>();
        for (String name : List.of("event_time_start", "event_time_end", "sample")) {
            text(args, name).ifPresent(value -> flags.put(name.toUpperCase(Locale.ROOT), value));
        }
        for (String name : List.of("store_failures", "empty")) {
            if (args.path(name).asBoolean(false)) {
                flags.put(name.toUpperCase(Locale.ROOT), true);
            }
        }
        return flags;
    }

    private static Optional<String> text(JsonNode args, String key) {
        return Optional.ofNullable(args.path(key).textValue());
    }
}
