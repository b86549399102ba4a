package dev.millrace.orchestrate.internal.config;

import dev.millrace.core.Position;
import dev.millrace.core.yaml.YamlMap;
import java.util.List;

/**
 * A step of a pipeline as it is written. What it does may hold templates, which are rendered for each run.
 *
 * @param dependsOn names of steps
 * @param policy retries and limits; what it does not say is each node's own
 */
public record PipelineStep(String name, Work work, List<String> dependsOn, StepPolicy policy, Position position) {
    public PipelineStep {
        dependsOn = List.copyOf(dependsOn);
    }

    /** What a step does. */
    public sealed interface Work {
        /** {@code select}, {@code shell} or {@code http}. */
        String kind();

        /** In one line, as it is written. */
        String text();
    }

    /**
     * Runs nodes.
     *
     * @param written holds {@code select} and {@code exclude}
     */
    public record Select(String command, YamlMap written) implements Work {
        @Override
        public String kind() {
            return "select";
        }

        @Override
        public String text() {
            String nodes = String.join(" ", written.strings("select"));
            return (command.equals("build") ? "" : command + " ") + (nodes.isEmpty() ? "everything" : nodes);
        }
    }

    /** @param written holds {@code shell}, {@code env}, {@code working_dir} */
    public record Shell(YamlMap written) implements Work {
        @Override
        public String kind() {
            return "shell";
        }

        @Override
        public String text() {
            return written.requireString("shell").strip().lines().findFirst().orElse("");
        }
    }

    /** @param written holds {@code url}, {@code method}, {@code headers}, {@code body}, {@code expect_status} */
    public record Http(YamlMap written) implements Work {
        @Override
        public String kind() {
            return "http";
        }

        @Override
        public String text() {
            return written.string("method").orElse("GET") + " " + written.requireString("url");
        }
    }
}
