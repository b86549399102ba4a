package dev.millrace.orchestrate;

import dev.millrace.core.project.Invocation;
import dev.millrace.core.project.Project;
import dev.millrace.core.project.ProjectLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A project folder with little more than pipelines.yml. */
public final class TestProject {
    private final Path folder;
    private final Map<String, String> environment = new HashMap<>(System.getenv());

    public TestProject(Path folder) {
        this.folder = folder;
        write("millrace.yml", "name: shop\nprofile: shop\n");
        write("profiles.yml", "shop:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: shop.duckdb}\n");
    }

    public TestProject pipelines(String yaml) {
        write("pipelines.yml", yaml);
        return this;
    }

    public TestProject write(String file, String text) {
        try {
            Files.writeString(folder.resolve(file), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public TestProject environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public Project load() {
        return load(Map.of());
    }

    public Project load(Map<String, Object> vars) {
        Invocation usual = Invocation.of("build", folder);
        return ProjectLoader.load(new Invocation(
                "build",
                folder,
                usual.profilesDir(),
                usual.profile(),
                usual.target(),
                new HashMap<>(vars),
                usual.threads(),
                false,
                environment));
    }
}
