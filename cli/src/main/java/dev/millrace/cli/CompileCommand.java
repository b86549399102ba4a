package dev.millrace.cli;

import dev.millrace.cli.listing.CompiledJson;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Problems;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.transform.Compiler;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the SQL of the selected nodes to target/compiled, and prints it when it was asked for by name. */
@Command(name = "compile", description = "Write the SQL of models, tests and analyses to target/compiled; run nothing.")
final class CompileCommand implements Callable<Integer> {
    private static final Set<NodeKind> KINDS =
            EnumSet.of(NodeKind.MODEL, NodeKind.TEST, NodeKind.ANALYSIS, NodeKind.SNAPSHOT);

    @Mixin
    private final SelectionOptions selection = new SelectionOptions();

    @Option(names = "--inline", paramLabel = "SQL", order = 20, description = "Compile this text in place of nodes.")
    @Nullable
    private String inline;

    @Option(names = "--output", paramLabel = "FORM", order = 21, description = "text (default) or json.")
    private String output = "text";

    private final Millrace millrace;

    CompileCommand(Millrace millrace) {
        this.millrace = millrace;
    }

    @Override
    public Integer call() {
        PrintStream out = millrace.surroundings().out();
        try (Workspace workspace = millrace.open("compile")) {
            Compiler compiler = workspace.compiler();
            if (inline != null) {
                String sql = compiler.compileInline(inline);
                out.println(json() ? CompiledJson.of(Optional.empty(), sql) : sql);
                return ExitCode.OK;
            }
            if (selection.indirect == null && !selection.select.isEmpty()) {
                // Who names a model wants its SQL, not that of its tests.
                selection.indirect = "empty";
            }
            List<String> unmatched = new ArrayList<>();
            Set<NodeId> chosen = new Selection(workspace, unmatched::add).of(selection, KINDS);
            unmatched.forEach(criterion ->
                    millrace.surroundings().err().println("nothing matches the selection '" + criterion + "'"));
            selection.applyTo(workspace, chosen);
            Map<NodeId, String> compiled = compile(compiler, chosen);
            workspace.writeManifest();
            if (selection.select.isEmpty()) {
                String folder = workspace.project().display(workspace.project().targetDir());
                if (!millrace.settings().quiet()) {
                    out.println("Compiled " + compiled.size() + " nodes into " + folder + "/compiled.");
                }
            } else {
                compiled.forEach((id, sql) -> {
                    if (json()) {
                        out.println(CompiledJson.of(
                                Optional.of(workspace.graph().require(id).name()), sql));
                        return;
                    }
                    if (compiled.size() > 1) {
                        out.println("-- " + id);
                    }
                    out.println(sql.strip());
                });
            }
            return ExitCode.OK;
        }
    }

    private boolean json() {
        return switch (output) {
            case "text" -> false;
            case "json" -> true;
            default ->
                throw new MillraceException(
                        ErrorCode.USAGE,
                        "--output '" + output + "' is unknown",
                        null,
                        Suggestion.hint(output, List.of("text", "json")),
                        null);
        };
    }

    private static Map<NodeId, String> compile(Compiler compiler, Set<NodeId> chosen) {
        Map<NodeId, String> compiled = new LinkedHashMap<>();
        Problems problems = new Problems();
        for (NodeId id : chosen) {
            try {
                compiled.put(id, compiler.compile(id));
            } catch (MillraceException e) {
                problems.add(e);
            }
        }
        problems.throwIfAny();
        return compiled;
    }
}
