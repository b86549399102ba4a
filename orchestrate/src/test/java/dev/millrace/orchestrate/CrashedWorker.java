package dev.millrace.orchestrate;

import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.StepResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A process that works on the queue of a folder until it is killed. */
public final class CrashedWorker {
    static final int NODES = 40;

    private CrashedWorker() {}

    public static void main(String[] arguments) throws InterruptedException {
        Path folder = Path.of(arguments[0]);
        TestProject project = new TestProject(folder);
        Graph graph = graph(folder);
        RunStore store = RunStore.open(project.load());
        Orchestrator orchestrator = new Orchestrator(
                project.load(),
                graph,
                store,
                new TestExecutor(project, () -> graph),
                Clock.systemUTC(),
                OrchestratorOptions.standard());
        orchestrator.start();
        new CountDownLatch(1).await();
    }

    /** Each model waits for the last one, takes a moment, and leaves a line in {@code log}. */
    static Graph graph(Path folder) {
        TestGraph graph = new TestGraph();
        for (int i = 0; i < NODES; i++) {
            String name = "m" + i;
            String[] inputs = i == 0 ? new String[0] : new String[] {"m" + (i - 1)};
            graph.model(
                    name,
                    context -> {
                        TimeUnit.MILLISECONDS.sleep(25);
                        Files.writeString(
                                folder.resolve("log"),
                                name + "\n",
                                StandardCharsets.UTF_8,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.APPEND);
                        return StepResult.success("");
                    },
                    inputs);
        }
        return graph.build();
    }
}
