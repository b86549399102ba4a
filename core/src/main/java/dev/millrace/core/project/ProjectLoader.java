package dev.millrace.core.project;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.core.yaml.YamlReader;
import dev.millrace.jinja.Globals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the files that say what a project is: dbt_project.yml, millrace.yml and profiles.yml. */
public final class ProjectLoader {
    private static final String DBT_PROJECT = "dbt_project.yml";
    private static final String SETTINGS = "millrace.yml";
    private static final String PROFILES = "profiles.yml";

    private ProjectLoader() {}

    /**
     * Reads the project of {@code invocation.projectDir()}.
     *
     * @throws MillraceException PROJECT_NOT_FOUND if the folder holds neither dbt_project.yml nor millrace.yml;
     *     YAML_SYNTAX, PROFILE_NOT_FOUND, TARGET_NOT_FOUND, CONFIG_MISSING, ENV_VAR_MISSING at their places in the
     *     files
     */
    public static Project load(Invocation invocation) {
        Path root = invocation.projectDir().toAbsolutePath().normalize();
        Optional<YamlMap> dbtProject = read(root, DBT_PROJECT);
        Optional<YamlMap> settings = read(root, SETTINGS);
        if (dbtProject.isEmpty() && settings.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.PROJECT_NOT_FOUND,
                    "no project in " + root + ": neither dbt_project.yml nor millrace.yml is there",
                    null,
                    "Go to the project's folder, name it with --project-dir, or start one with 'millrace init'.",
                    null);
        }
        YamlMap dbt = dbtProject.orElse(YamlMap.empty(Position.ofFile(DBT_PROJECT)));
        YamlMap own = settings.orElse(YamlMap.empty(Position.ofFile(SETTINGS)));
        YamlMap main = dbtProject.isPresent() ? dbt : own;

        Vars vars = new Vars(
                invocation.vars(), written(root, dbt).map(YamlMap::toJava).orElse(Map.of()));
        Globals early = ProjectGlobals.of(invocation.environment(), vars, "", null);
        String name = rendered(main, "name", early).orElseGet(() -> {
            if (dbtProject.isPresent()) {
                main.require("name");
            }
            return String.valueOf(root.getFileName()).replaceAll("[^A-Za-z0-9_]", "_");
        });
        Globals beforeTarget = ProjectGlobals.of(invocation.environment(), vars, name, null);
        Profiles profiles = profiles(root, invocation, beforeTarget);
        Optional<String> profile = invocation
                .profile()
                .or(() -> rendered(dbt, "profile", early))
                .or(() -> rendered(own, "profile", early));
        Target target = profiles.target(
                profile.orElseThrow(() -> new MillraceException(
                        ErrorCode.CONFIG_MISSING,
                        "no 'profile' says which warehouse to use",
                        main.position(),
                        "Add 'profile:' with the name of a profile of profiles.yml, or give --profile.",
                        null)),
                invocation.profile().isPresent() ? null : main.positionOf("profile"),
                true);
        Globals globals = ProjectGlobals.of(invocation.environment(), vars, name, target);
        return new Project(root, name, invocation, dbt, own, vars, profiles, target, globals);
    }

    /** The project's variables: those of dbt_project.yml, or of a file of their own. */
    private static Optional<YamlMap> written(Path root, YamlMap dbt) {
        Optional<YamlMap> inProject = dbt.map("vars");
        Optional<YamlMap> own = read(root, "vars.yml").flatMap(file -> file.map("vars"));
        if (inProject.isPresent() && own.isPresent()) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "variables are set in dbt_project.yml and in vars.yml",
                    dbt.positionOf("vars"),
                    "Keep them in one of the two files.",
                    null);
        }
        return own.or(() -> inProject);
    }

    private static Optional<YamlMap> read(Path root, String file) {
        Path path = root.resolve(file);
        return Files.isRegularFile(path) ? Optional.of(YamlReader.readMap(path, file)) : Optional.empty();
    }

    private static Optional<String> rendered(YamlMap map, String key, Globals globals) {
        return map.get(key).map(node -> asText(Templates.render(node, globals)));
    }

    private static String asText(YamlNode node) {
        return String.valueOf(node.toJava());
    }

    /** The first of: --profiles-dir, DBT_PROFILES_DIR, the project folder, the working directory, ~/.dbt. */
    private static Profiles profiles(Path root, Invocation invocation, Globals globals) {
        Path file = profilesFile(root, invocation);
        if (file == null) {
            return new Profiles(null, YamlMap.empty(Position.ofFile(PROFILES)), globals, invocation.target());
        }
        String shown = file.startsWith(root) ? root.relativize(file).toString() : file.toString();
        return new Profiles(file, YamlReader.readMap(file, shown.replace('\\', '/')), globals, invocation.target());
    }

    private static @Nullable Path profilesFile(Path root, Invocation invocation) {
        Optional<Path> given = invocation
                .profilesDir()
                .or(() -> Optional.ofNullable(invocation.environment().get("DBT_PROFILES_DIR"))
                        .map(Path::of));
        if (given.isPresent()) {
            Path file = given.get().toAbsolutePath().normalize().resolve(PROFILES);
            if (!Files.isRegularFile(file)) {
                throw new MillraceException(
                        ErrorCode.PROFILE_NOT_FOUND, "there is no " + file, null, "Check --profiles-dir.", null);
            }
            return file;
        }
        return Stream.of(root, Path.of(""), Path.of(System.getProperty("user.home"), ".dbt"))
                .map(dir -> dir.toAbsolutePath().normalize().resolve(PROFILES))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElse(null);
    }
}
