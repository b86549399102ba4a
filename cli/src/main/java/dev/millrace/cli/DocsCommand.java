package dev.millrace.cli;

import dev.millrace.cli.docs.DocsServer;
import dev.millrace.cli.docs.StaticDocs;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Problems;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.transform.Compiler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The project's documentation: dbt's {@code docs generate} and {@code docs serve}. */
@Command(name = "docs", description = "docs generate: write manifest.json and catalog.json; docs serve: show them.")
final class DocsCommand implements Callable<Integer> {
    private static final Set<NodeKind> COMPILED =
            EnumSet.of(NodeKind.MODEL, NodeKind.TEST, NodeKind.ANALYSIS, NodeKind.SNAPSHOT);
    private static final Set<NodeKind> DESCRIBED =
            EnumSet.of(NodeKind.MODEL, NodeKind.SEED, NodeKind.SNAPSHOT, NodeKind.SOURCE);

    @Parameters(index = "0", paramLabel = "ACTION", description = "generate or serve.")
    private String action = "";

    @Mixin
    private final SelectionOptions selection = new SelectionOptions();

    @Option(
            names = "--compile",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            order = 20,
            description = "generate: compile the nodes too (default), or --no-compile.")
    private boolean compile = true;

    @Option(names = "--empty-catalog", order = 21, description = "generate: do not look into the warehouse.")
    private boolean emptyCatalog;

    @Option(
            names = "--static",
            order = 22,
            description = "generate: also write the page with all in it, target/static_index.html.")
    private boolean single;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            order = 23,
            description = "serve: listen on this port (default: 8080).")
    private int port = 8080;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            order = 24,
            description = "serve: listen here (default: 127.0.0.1).")
    private String host = "127.0.0.1";

    @Option(
            names = {"--browser", "--open"},
            negatable = true,
            hidden = true)
    boolean browser;

    private final Millrace millrace;

    DocsCommand(Millrace millrace) {
        this.millrace = millrace;
    }

    @Override
    public Integer call() throws InterruptedException {
        return switch (action) {
            case "generate" -> generate();
            case "serve" -> serve();
            default ->
                throw new MillraceException(
                        ErrorCode.USAGE,
                        "'" + action + "' is nothing that can be done with docs",
                        null,
                        "Use generate or serve.",
                        null);
        };
    }

    private int generate() {
        try (Workspace workspace = millrace.open("docs")) {
            List<String> unmatched = new ArrayList<>();
            Selection chooser = new Selection(workspace, unmatched::add);
            if (compile) {
                compile(workspace.compiler(), chooser.of(selection, COMPILED));
            }
            Set<NodeId> described = chooser.of(selection, DESCRIBED);
            unmatched.stream()
                    .distinct()
                    .forEach(criterion ->
                            millrace.surroundings().err().println("nothing matches the selection '" + criterion + "'"));
            workspace.writeManifest();
            Path catalog = emptyCatalog
                    ? workspace.catalog().writeEmpty()
                    : workspace.catalog().write(described::contains);
            if (single) {
                StaticDocs.write(workspace.project().targetDir());
            }
            if (!millrace.settings().quiet()) {
                millrace.surroundings()
                        .out()
                        .println("Catalog written to " + workspace.project().display(catalog)
                                + ". See it with 'millrace docs serve'.");
            }
            return ExitCode.OK;
        }
    }

    private static void compile(Compiler compiler, Set<NodeId> chosen) {
        Problems problems = new Problems();
        for (NodeId id : chosen) {
            try {
                compiler.compile(id);
            } catch (MillraceException e) {
                problems.add(e);
            }
        }
        problems.throwIfAny();
    }

    private int serve() throws InterruptedException {
        Path target;
        try (Workspace workspace = millrace.open("docs")) {
            target = workspace.project().targetDir();
        }
        if (!Files.isRegularFile(target.resolve("manifest.json"))) {
            throw new MillraceException(
                    ErrorCode.CONFIG_MISSING,
                    "there is no " + target.resolve("manifest.json"),
                    null,
                    "Write it first: millrace docs generate.",
                    null);
        }
        try (Stop stop = Stop.onSignal();
                DocsServer server = DocsServer.start(host, port, target)) {
            millrace.surroundings().out().println("Docs at " + server.url() + " until Ctrl-C");
            stop.await();
        }
        return ExitCode.OK;
    }
}
