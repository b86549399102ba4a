package dev.millrace.cli.up;

import dev.millrace.activate.ActivateOptions;
import dev.millrace.cli.Workspace;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.live.FlowStatus;
import dev.millrace.core.live.LiveRunner;
import dev.millrace.core.project.Project;
import dev.millrace.orchestrate.Orchestrator;
import dev.millrace.orchestrate.Pipelines;
import dev.millrace.orchestrate.Runs;
import dev.millrace.server.EventPublisher;
import dev.millrace.server.NodeCode;
import dev.millrace.server.Platform;
import dev.millrace.sql.ColumnGraph;
import dev.millrace.warehouse.Warehouses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the server shows of a running project. Its files are read again when they change; what is kept running goes on
 * as it was started. Thread-safe.
 */
public final class UpPlatform implements Platform {
    private static final Set<NodeKind> COMPILED =
            EnumSet.of(NodeKind.MODEL, NodeKind.TEST, NodeKind.ANALYSIS, NodeKind.SNAPSHOT);
    private static final Map<String, String> LANGUAGES =
            Map.of("sql", "sql", "yml", "yaml", "yaml", "yaml", "json", "json", "java", "java", "csv", "text");
    private static final long LONGEST_CODE_BYTES = 512 * 1024;

    private final Workspace first;
    private final Orchestrator orchestrator;
    private final LiveRunner live;
    private final Optional<EventPublisher> events;
    private volatile Workspace current;
    private @Nullable Columns columns;

    public UpPlatform(Workspace first, Orchestrator orchestrator, LiveRunner live, Optional<EventPublisher> events) {
        this.first = first;
        this.current = first;
        this.orchestrator = orchestrator;
        this.live = live;
        this.events = events;
    }

    @Override
    public Project project() {
        return current.project();
    }

    @Override
    public Graph graph() {
        return current.graph();
    }

    @Override
    public Warehouses warehouses() {
        return first.warehouses();
    }

    @Override
    public Runs runs() {
        return orchestrator.runs();
    }

    @Override
    public Pipelines pipelines() {
        return orchestrator.pipelines();
    }

    @Override
    public List<FlowStatus> flows() {
        return live.flows();
    }

    @Override
    public Optional<EventPublisher> events() {
        return events;
    }

    /** Found out when it is first asked for, and again when the files have changed. */
    @Override
    public synchronized ColumnGraph columns() {
        Workspace now = current;
        Columns known = columns;
        if (known == null || known.of() != now) {
            known = new Columns(now, now.columnsOrNone());
            columns = known;
        }
        return known.graph();
    }

    private record Columns(Workspace of, ColumnGraph graph) {}

    @Override
    public Optional<NodeCode> code(NodeId id) {
        Workspace now = current;
        return now.graph().node(id).flatMap(node -> code(now, node));
    }

    private static Optional<NodeCode> code(Workspace workspace, Node node) {
        Path file = workspace.project().root().resolve(node.path());
        try {
            if (node.path().isEmpty() || !Files.isRegularFile(file) || Files.size(file) > LONGEST_CODE_BYTES) {
                return Optional.empty();
            }
            String raw = Files.readString(file, StandardCharsets.UTF_8);
            String ending = node.path().substring(node.path().lastIndexOf('.') + 1);
            return Optional.of(new NodeCode(LANGUAGES.getOrDefault(ending, "text"), raw, compiled(workspace, node)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> compiled(Workspace workspace, Node node) {
        if (!COMPILED.contains(node.kind())) {
            return Optional.empty();
        }
        try {
            return Optional.of(workspace.compiler().compile(node.id()));
        } catch (MillraceException e) {
            return Optional.of("-- It does not compile now: " + e.text());
        }
    }

    /** Reads the files again; when they are wrong, what was read before stays. */
    @Override
    public synchronized void reload() {
        Workspace fresh = first.again(first.project().invocation(), ActivateOptions.DEFAULT);
        fresh.graph();
        current = fresh;
    }
}
