package dev.millrace.core.project;

import dev.millrace.core.Position;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.core.yaml.YamlReader;
import dev.millrace.jinja.Globals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A project folder as it was read. Immutable and thread-safe; made by {@link ProjectLoader}. */
public final class Project {
    private final Path root;
    private final String name;
    private final Invocation invocation;
    private final YamlMap dbtProject;
    private final YamlMap settings;
    private final Vars vars;
    private final Profiles profiles;
    private final Target target;
    private final Globals globals;

    Project(
            Path root,
            String name,
            Invocation invocation,
            YamlMap dbtProject,
            YamlMap settings,
            Vars vars,
            Profiles profiles,
            Target target,
            Globals globals) {
        this.root = root;
        this.name = name;
        this.invocation = invocation;
        this.dbtProject = dbtProject;
        this.settings = settings;
        this.vars = vars;
        this.profiles = profiles;
        this.target = target;
        this.globals = globals;
    }

    /** The project folder, absolute. */
    public Path root() {
        return root;
    }

    public String name() {
        return name;
    }

    public Invocation invocation() {
        return invocation;
    }

    /** dbt_project.yml as written, not rendered; empty when there is none. */
    public YamlMap dbtProject() {
        return dbtProject;
    }

    /** millrace.yml as written, not rendered; empty when there is none. */
    public YamlMap settings() {
        return settings;
    }

    public Vars vars() {
        return vars;
    }

    public Profiles profiles() {
        return profiles;
    }

    /** The warehouse that models are built in. */
    public Target target() {
        return target;
    }

    /** The target of another logical warehouse, such as a connection's {@code destination}. */
    public Target warehouse(String profile, @Nullable Position usedAt) {
        return profile.equals(target.profile()) ? target : profiles.target(profile, usedAt, false);
    }

    /** How many steps may run at once. */
    public int threads() {
        return invocation.threads().orElse(target.threads());
    }

    /** {@code env_var}, {@code var} and {@code target}. */
    public Globals globals() {
        return globals;
    }

    /** A value of a project file with its templates rendered. */
    public YamlNode render(YamlNode node) {
        return Templates.render(node, globals);
    }

    public YamlMap render(YamlMap map) {
        return Templates.renderMap(map, globals);
    }

    /** Where generated files go: {@code target/} unless the command line or dbt_project.yml names another folder. */
    public Path targetDir() {
        Object asked = invocation.flags().get("TARGET_PATH");
        return root.resolve(asked == null ? dbtProject.string("target-path").orElse("target") : String.valueOf(asked));
    }

    /** Where Millrace keeps what is its own on this machine and may be deleted at any time. */
    public Path cacheDir() {
        return targetDir().resolve("millrace");
    }

    /** A YAML file of the project folder, if it is there. */
    public Optional<YamlMap> file(String relativePath) {
        Path path = root.resolve(relativePath);
        return Files.isRegularFile(path) ? Optional.of(YamlReader.readMap(path, relativePath)) : Optional.empty();
    }

    /** {@code path} as it is shown to people: relative to the project folder, with forward slashes. */
    public String display(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        Path shown = absolute.startsWith(root) ? root.relativize(absolute) : absolute;
        return shown.toString().replace('\\', '/');
    }
}
