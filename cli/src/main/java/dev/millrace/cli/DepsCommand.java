package dev.millrace.cli;

import dev.millrace.transform.PackageInstaller;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Installs packages: dbt's {@code deps}. */
@Command(name = "deps", description = "Install the packages of packages.yml into dbt_packages.")
final class DepsCommand implements Callable<Integer> {
    @Option(names = "--upgrade", order = 1, description = "Look for newer versions than package-lock.yml has.")
    private boolean upgrade;

    private final Millrace millrace;

    DepsCommand(Millrace millrace) {
        this.millrace = millrace;
    }

    @Override
    public Integer call() {
        try (Workspace workspace = millrace.open("deps")) {
            List<String> installed = new PackageInstaller(workspace.project()).install(upgrade);
            if (!millrace.settings().quiet()) {
                installed.forEach(one -> millrace.surroundings().out().println("Installed " + one));
                if (installed.isEmpty()) {
                    millrace.surroundings().out().println("packages.yml names no packages.");
                }
            }
            return ExitCode.OK;
        }
    }
}
