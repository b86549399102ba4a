package dev.millrace.cli;

import dev.millrace.cli.console.Consoles;
import dev.millrace.cli.error.ErrorText;
import dev.millrace.cli.error.ProjectFiles;
import dev.millrace.core.project.Project;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command itself: what every subcommand shares. */
@Command(
        name = "millrace",
        synopsisHeading = "%nUsage: ",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        description = "%nThe modern data stack in one program: ingest, models, tests and syncs of one project folder.",
        footer = {"", "Start with 'millrace init' or 'millrace demo'; then 'millrace build'."})
final class Millrace {
    @Mixin
    final GlobalOptions options = new GlobalOptions();

    @Option(
            names = {"-V", "-v", "--version"},
            versionHelp = true,
            order = 91,
            description = "Show the version.")
    boolean version;

    private final Surroundings surroundings;
    private final Settings settings;

    Millrace(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.settings = new Settings(options, surroundings);
    }

    Surroundings surroundings() {
        return surroundings;
    }

    Settings settings() {
        return settings;
    }

    /** Reads the project for {@code command}. */
    Workspace open(String command) {
        return Workspace.open(settings.invocation(command));
    }

    ErrorText errors() {
        return errors(settings.projectDir());
    }

    ErrorText errors(Project project) {
        return errors(project.root());
    }

    Consoles consoles() {
        boolean alive = surroundings.terminal() && settings.logFormat() == LogFormat.TEXT;
        return new Consoles(surroundings.out(), alive, settings.style(), settings.logLevel(), settings.debug());
    }

    private ErrorText errors(Path root) {
        ProjectFiles files = new ProjectFiles(root, surroundings.workingDir());
        return new ErrorText(settings.style(), files, files::display);
    }
}
