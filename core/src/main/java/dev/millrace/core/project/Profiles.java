package dev.millrace.core.project;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Suggestion;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.jinja.Globals;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The profiles of profiles.yml. A profile is a logical warehouse, its outputs are the environments. Only the outputs
 * that are asked for are rendered, so a variable that production needs need not be set on a laptop. Thread-safe.
 */
public final class Profiles {
    private static final int DEFAULT_THREADS = 4;

    private final @Nullable Path file;
    private final YamlMap profiles;
    private final Globals globals;
    private final Optional<String> wantedTarget;
    private final ConcurrentMap<String, Target> targets = new ConcurrentHashMap<>();

    Profiles(@Nullable Path file, YamlMap profiles, Globals globals, Optional<String> wantedTarget) {
        this.file = file;
        this.profiles = profiles;
        this.globals = globals;
        this.wantedTarget = wantedTarget;
    }

    /** The file they were read from, if there is one. */
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    public List<String> names() {
        return profiles.keys().stream().filter(name -> !name.equals("config")).toList();
    }

    /**
     * The output of the profile that is in use: the one {@code --target} names, or else the profile's own
     * {@code target}.
     *
     * @param usedAt where the profile is named, for the error
     * @param mustHaveTarget whether {@code --target} must exist in this profile; other logical warehouses fall back to
     *     their own
     * @throws MillraceException PROFILE_NOT_FOUND, TARGET_NOT_FOUND, or what is wrong with the output
     */
    public Target target(String profile, @Nullable Position usedAt, boolean mustHaveTarget) {
        Target known = targets.get(profile);
        if (known != null) {
            return known;
        }
        Target target = read(profile, usedAt, mustHaveTarget);
        targets.put(profile, target);
        return target;
    }

    private Target read(String name, @Nullable Position usedAt, boolean mustHaveTarget) {
        if (!names().contains(name)) {
            throw notFound(name, usedAt);
        }
        YamlMap profile = profiles.map(name).orElseThrow(() -> notFound(name, usedAt));
        YamlMap outputs = profile.map("outputs")
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.CONFIG_MISSING,
                        "profile '" + name + "' has no 'outputs'",
                        profile.position(),
                        "Add 'outputs:' with one output per environment, such as dev.",
                        null));
        String ownTarget = profile.get("target")
                .map(node -> String.valueOf(Templates.render(node, globals).toJava()))
                .orElse("default");
        String chosen = wantedTarget
                .filter(wanted -> mustHaveTarget || outputs.has(wanted))
                .orElse(ownTarget);
        YamlMap output = outputs.map(chosen)
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.TARGET_NOT_FOUND,
                        "profile '" + name + "' has no output '" + chosen + "'",
                        outputs.position(),
                        Suggestion.hint(chosen, outputs.keys()),
                        null));
        YamlMap settings = Templates.renderMap(output, globals);
        int threads = (int) settings.integer("threads").orElse(DEFAULT_THREADS);
        if (threads < 1) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "'threads' must be at least 1, but is " + threads,
                    settings.positionOf("threads"),
                    null,
                    null);
        }
        return new Target(name, chosen, settings.requireString("type"), settings, threads);
    }

    private MillraceException notFound(String name, @Nullable Position usedAt) {
        String hint;
        Set<String> known = Set.copyOf(names());
        if (file == null) {
            hint = "There is no profiles.yml in the project folder, the working directory or ~/.dbt. Create one:\n"
                    + name + ":\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: " + name + ".duckdb}";
        } else {
            String near = Suggestion.hint(name, known);
            hint = (near == null ? "" : near + " ") + "Profiles were read from " + file + ".";
        }
        return new MillraceException(
                ErrorCode.PROFILE_NOT_FOUND, "profile '" + name + "' does not exist", usedAt, hint, null);
    }
}
