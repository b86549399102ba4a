package dev.millrace.cli;

import dev.millrace.cli.console.Style;
import dev.millrace.cli.up.ProjectWatch;
import dev.millrace.cli.up.SqlEndpoint;
import dev.millrace.cli.up.UpConsole;
import dev.millrace.cli.up.UpPlatform;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Secret;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.live.LiveRunner;
import dev.millrace.core.project.Project;
import dev.millrace.core.run.Events;
import dev.millrace.core.run.RunEvent;
import dev.millrace.core.run.RunListener;
import dev.millrace.events.EventCollector;
import dev.millrace.orchestrate.Orchestrator;
import dev.millrace.orchestrate.OrchestratorOptions;
import dev.millrace.orchestrate.PipelineStatus;
import dev.millrace.orchestrate.RunRequest;
import dev.millrace.orchestrate.RunStore;
import dev.millrace.server.EventPublisher;
import dev.millrace.server.MillraceServer;
import dev.millrace.server.Role;
import dev.millrace.server.ServerSettings;
import dev.millrace.server.Token;
import dev.millrace.serving.pgwire.PgServer;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A project that runs for good, put together from its parts. Close stops them in the opposite order. */
final class Up implements AutoCloseable {
    private static final DateTimeFormatter NEXT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Relay relay = new Relay();
    private final Workspace workspace;
    private final UpPlatform platform;
    private final Orchestrator orchestrator;
    private final LiveRunner live;
    private final MillraceServer server;
    private final Optional<PgServer> sql;

    /**
     * What is wanted of it.
     *
     * @param host in place of that of millrace.yml
     * @param port in place of that of millrace.yml
     * @param build whether it begins with a build
     */
    record Options(Optional<String> host, Optional<Integer> port, boolean schedules, boolean streams, boolean build) {
        static final Options DEFAULT = new Options(Optional.empty(), Optional.empty(), true, true, false);
    }

    private Up(Millrace millrace, Options options) {
        try {
            Surroundings surroundings = millrace.surroundings();
            Clock clock = surroundings.clock();
            workspace = opened(Workspace.open(millrace.settings().invocation("up")));
            Project project = workspace.project();
            Graph graph = workspace.graph();
            String token = HexFormat.of().formatHex(random(16));
            ServerSettings settings =
                    withOwnToken(ServerSettings.of(project).withAddress(options.host(), options.port()), token);
            RunStore store = opened(RunStore.open(project));
            live = new LiveRunner(
                    graph,
                    options.streams() ? triggered(graph) : Set.of(),
                    new Events(List.of(relay)),
                    workspace.flowListener(relay::problem),
                    clock);
            RequestExecutor executor = new RequestExecutor(workspace, live, List.of(live), clock);
            OrchestratorOptions how = OrchestratorOptions.standard()
                    .withProblems(relay::problem)
                    .withBaseUrl("http://" + settings.host() + ":" + settings.port());
            orchestrator = new Orchestrator(
                    project, graph, store, executor, clock, options.schedules() ? how : how.withoutSchedules());
            platform = new UpPlatform(workspace, orchestrator, live, publisher(project));
            UpConsole console = new UpConsole(
                    surroundings.out(),
                    millrace.settings().style(),
                    ZoneId.systemDefault(),
                    clock,
                    orchestrator.runs());
            relay.to(console);
            opened(orchestrator.runs().subscribe(console));
            sql = SqlEndpoint.of(project)
                    .flatMap(endpoint ->
                            endpoint.start(() -> workspace.warehouses().warehouse(project.target())));
            sql.ifPresent(this::opened);
            server = opened(MillraceServer.start(platform, settings, Version.number()));
            new RunningServer(
                            ProcessHandle.current().pid(),
                            server.uri(),
                            settings.tokens().isEmpty() ? "" : token)
                    .announce(project.root());
            opened(() -> RunningServer.withdraw(project.root()));
            opened(orchestrator).start();
            opened(live).start();
            opened(ProjectWatch.start(project.root(), () -> reload(console)));
            if (options.build()) {
                orchestrator.runs().submit(RunRequest.of("build", List.of()));
            }
        } catch (RuntimeException | Error e) {
            closeParts();
            throw e;
        }
    }

    /**
     * Starts everything; when one part cannot be started, what has been is stopped.
     *
     * @throws MillraceException if the project is wrong, or a part cannot be started
     */
    static Up start(Millrace millrace, Options options) {
        return new Up(millrace, options);
    }

    /** Where the pages are. */
    URI uri() {
        return server.uri();
    }

    /** What to show when it is ready. */
    List<String> banner(Style style) {
        Project project = platform.project();
        List<String> lines = new ArrayList<>();
        lines.add(style.bold("Millrace runs " + project.name()) + " on "
                + project.target().name() + " (" + project.target().type() + ")");
        lines.add("  pages and API  " + style.cyan(server.uri().toString()));
        sql.ifPresent(endpoint -> lines.add(
                "  SQL            " + style.cyan("postgresql://127.0.0.1:" + endpoint.port() + "/" + project.name())));
        if (!live.nodes().isEmpty()) {
            List<String> names = new ArrayList<>();
            platform.graph().nodes().stream()
                    .filter(node -> live.nodes().contains(node.id()))
                    .forEach(node -> names.add(node.kind().key() + " " + node.name()));
            lines.add("  streams        " + String.join(", ", names));
        }
        for (PipelineStatus pipeline : orchestrator.pipelines().list()) {
            pipeline.nextRun()
                    .ifPresent(next -> lines.add("  schedule       " + pipeline.name() + ", next "
                            + NEXT.format(next.atZone(ZoneId.systemDefault()))));
        }
        lines.add(style.dim("Ctrl-C stops it."));
        return lines;
    }

    private void reload(UpConsole console) {
        try {
            platform.reload();
            orchestrator.reload(platform.project(), platform.graph());
            console.line("the project's files have changed and were read again");
        } catch (MillraceException e) {
            console.line("the project's files have changed, and are wrong: "
                    + e.position().map(position -> position + ": ").orElse("") + e.text());
        }
    }

    private Optional<EventPublisher> publisher(Project project) {
        Optional<EventCollector> collector = workspace.events().collector(project, Optional.empty());
        collector.ifPresent(this::opened);
        return collector.map(open -> (topic, events) -> open.publish(
                topic, events.stream().map(EventCollector.Event::of).toList()));
    }

    private static Set<NodeId> triggered(Graph graph) {
        Set<NodeId> nodes = new LinkedHashSet<>();
        for (Node node : graph.nodes()) {
            if (node.trigger().isPresent() && node.step().isPresent()) {
                nodes.add(node.id());
            }
        }
        return nodes;
    }

    /** Where tokens are asked for, the project's other commands need one, too. */
    private static ServerSettings withOwnToken(ServerSettings settings, String token) {
        if (settings.tokens().isEmpty()) {
            return settings;
        }
        List<Token> tokens = new ArrayList<>(settings.tokens());
        tokens.add(new Token("command line", Role.ADMIN, Secret.of(token)));
        return new ServerSettings(settings.host(), settings.port(), tokens, settings.hosts());
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return random;
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }

    @Override
    public void close() {
        closeParts();
    }

    private void closeParts() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                // The others are to be closed as well.
                relay.say("WARN  could not be stopped cleanly: " + e.getMessage());
            }
        }
    }

    /** Hands on what is said before there is anybody to hear it. */
    private static final class Relay implements RunListener {
        private volatile @Nullable UpConsole console;

        void to(UpConsole listener) {
            console = listener;
        }

        @Override
        public void on(RunEvent event) {
            UpConsole listener = console;
            if (listener != null) {
                listener.on(event);
            }
        }

        void problem(MillraceException problem) {
            say("WARN  " + problem.text());
        }

        void say(String line) {
            UpConsole listener = console;
            if (listener != null) {
                listener.line(line);
            }
        }
    }
}
