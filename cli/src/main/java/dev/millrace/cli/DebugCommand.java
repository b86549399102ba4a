package dev.millrace.cli;

import dev.millrace.cli.console.Style;
import dev.millrace.cli.error.ErrorText;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Probe;
import dev.millrace.core.project.Project;
import dev.millrace.core.project.Target;
import dev.millrace.warehouse.Session;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Checks what a run needs: the project, its profile, its warehouse, the systems outside that it names, and that every
 * file of it reads well.
 */
@Command(
        name = "debug",
        description = "Check the project, its profile, its warehouse and the systems outside that it names.")
final class DebugCommand implements Callable<Integer> {
    private final Millrace millrace;

    DebugCommand(Millrace millrace) {
        this.millrace = millrace;
    }

    @Override
    public Integer call() {
        PrintStream out = millrace.surroundings().out();
        out.println("millrace " + Version.number() + ", Java " + System.getProperty("java.version") + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        Workspace[] opened = new Workspace[1];
        boolean well = check("project", () -> {
            opened[0] = millrace.open("debug");
            return opened[0].project().root().toString();
        });
        if (!well) {
            return ExitCode.FAILED;
        }
        try (Workspace workspace = opened[0]) {
            Project project = workspace.project();
            Probing probing = Probing.start(workspace.probes());
            Target target = project.target();
            well &= check(
                    "profile",
                    () -> target
                            + project.profiles()
                                    .file()
                                    .map(file -> " from " + file)
                                    .orElse(""));
            well &= check("warehouse", () -> {
                try (Session session = workspace.warehouses().warehouse(target).open()) {
                    session.query("select 1");
                    return session.warehouse().identity() + ", database "
                            + session.warehouse().database();
                }
            });
            for (Probe probe : probing.probes()) {
                well &= check(label(probe), () -> probing.answer(probe));
            }
            well &= check("files", () -> workspace.graph().nodes().size() + " nodes");
        }
        return well ? ExitCode.OK : ExitCode.FAILED;
    }

    /** {@code source shop} for an entry of {@code sources:}. */
    private static String label(Probe probe) {
        return probe.section().replaceFirst("s$", "") + " " + probe.name();
    }

    private boolean check(String what, Check check) {
        Style style = millrace.settings().style();
        PrintStream out = millrace.surroundings().out();
        String name = String.format("%-9s ", what);
        try {
            out.println(name + style.green("OK") + "     " + check.run());
            return true;
        } catch (MillraceException e) {
            out.println(name + style.red("ERROR"));
            ErrorText errors = millrace.errors();
            errors.lines(e).forEach(line -> out.println("  " + line));
            return false;
        }
    }

    /** Something that is well when it returns what it found. */
    @FunctionalInterface
    private interface Check {
        String run();
    }
}
