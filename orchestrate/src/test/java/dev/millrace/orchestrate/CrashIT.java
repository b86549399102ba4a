package dev.millrace.orchestrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.core.graph.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills processes in the middle of a run. */
class CrashIT {
    @TempDir
    private Path folder;

    @Test
    void a_killed_run_goes_on_from_where_it_was() throws Exception {
        TestProject project = new TestProject(folder);
        Map<String, Long> knownDone = new HashMap<>();
        Random random = new Random(11);
        try (RunStore store = RunStore.open(project.load());
                Orchestrator watcher = new Orchestrator(
                        project.load(),
                        CrashedWorker.graph(folder),
                        store,
                        new TestExecutor(project, () -> CrashedWorker.graph(folder)),
                        Clock.systemUTC(),
                        OrchestratorOptions.standard())) {
            RunRecord run = watcher.runs().submit(RunRequest.of("build", List.of()));
            for (int kill = 1; kill <= 3; kill++) {
                Process worker = worker();
                int target = 3 + kill * 6 + random.nextInt(5);
                await().atMost(Duration.ofSeconds(60)).until(() -> lines() >= target);
                worker.destroyForcibly().waitFor();
                for (NodeRun node : watcher.runs().nodes(run.id())) {
                    if (node.status().filter(Status.SUCCESS::equals).isPresent()) {
                        knownDone.putIfAbsent(node.nodeId(), count(node.nodeId()));
                    }
                }
            }
            Process last = worker();
            RunRecord ended = await().atMost(Duration.ofSeconds(60))
                    .until(
                            () -> watcher.runs().find(run.id()).orElseThrow(),
                            found -> found.state().ended());
            last.destroyForcibly().waitFor();

            assertThat(ended.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(ended.attempt()).isEqualTo(4);
            assertThat(ended.counts()).containsExactly(Map.entry(Status.SUCCESS, CrashedWorker.NODES));
            assertThat(knownDone).hasSizeGreaterThan(5);
            knownDone.forEach((node, times) -> assertThat(uncheckedCount(node))
                    .as(node + " was done and ran no more")
                    .isEqualTo(times));
            assertThat(watcher.runs().nodes(run.id())).hasSize(CrashedWorker.NODES);
        }
    }

    private Process worker() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashedWorker.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private long lines() throws IOException {
        Path log = folder.resolve("log");
        return Files.exists(log) ? Files.readAllLines(log).size() : 0;
    }

    private long count(String nodeId) throws IOException {
        String name = nodeId.substring("model.shop.".length());
        return Files.readAllLines(folder.resolve("log")).stream()
                .filter(name::equals)
                .count();
    }

    private long uncheckedCount(String nodeId) {
        try {
            return count(nodeId);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
