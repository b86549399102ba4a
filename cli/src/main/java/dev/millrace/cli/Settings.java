package dev.millrace.cli;

import dev.millrace.cli.console.Style;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.project.Invocation;
import dev.millrace.core.yaml.YamlReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the options say together with dbt's environment variables; an option wins over its variable. */
final class Settings {
    private static final Set<String> TRUE = Set.of("1", "true", "t", "yes", "y", "on");

    private final GlobalOptions options;
    private final Surroundings surroundings;
    private @Nullable Map<String, String> projectFlags;

    Settings(GlobalOptions options, Surroundings surroundings) {
        this.options = options;
        this.surroundings = surroundings;
    }

    boolean failFast() {
        return flag(options.failFast, "DBT_FAIL_FAST");
    }

    boolean fullRefresh() {
        return flag(options.fullRefresh, "DBT_FULL_REFRESH");
    }

    boolean warnError() {
        return flag(options.warnError, "DBT_WARN_ERROR");
    }

    boolean quiet() {
        return flag(options.quiet, "DBT_QUIET");
    }

    boolean debug() {
        return flag(options.debug, "DBT_DEBUG");
    }

    Style style() {
        Boolean wish = options.useColors;
        if (wish == null) {
            wish = text(null, "DBT_USE_COLORS").map(Settings::isTrue).orElse(null);
        }
        return surroundings.style(Boolean.TRUE.equals(wish), options.noColor || Boolean.FALSE.equals(wish));
    }

    LogFormat logFormat() {
        String wanted = text(options.logFormat, "DBT_LOG_FORMAT").orElse("text");
        return switch (wanted) {
            case "text", "default" -> LogFormat.TEXT;
            case "plain" -> LogFormat.PLAIN;
            case "debug" -> LogFormat.PLAIN;
            case "json" -> LogFormat.JSON;
            default -> throw unknown("--log-format", wanted, List.of("text", "plain", "json"));
        };
    }

    LogLevel logLevel() {
        if (quiet()) {
            return LogLevel.ERROR;
        }
        if (debug()) {
            return LogLevel.DEBUG;
        }
        String wanted = text(options.logLevel, "DBT_LOG_LEVEL").orElse("info").toLowerCase(Locale.ROOT);
        return switch (wanted) {
            case "debug" -> LogLevel.DEBUG;
            case "info" -> LogLevel.INFO;
            case "warn", "warning" -> LogLevel.WARN;
            case "error", "none" -> LogLevel.ERROR;
            default -> throw unknown("--log-level", wanted, List.of("debug", "info", "warn", "error", "none"));
        };
    }

    /** Where the log file goes; relative to the project as in dbt. */
    Path logPath(Path root) {
        return text(options.logPath == null ? null : options.logPath.toString(), "DBT_LOG_PATH")
                .map(root::resolve)
                .orElseGet(() -> root.resolve("logs"));
    }

    /** The folder that {@code --project-dir} names, or else the nearest one from here upwards that holds a project. */
    Path projectDir() {
        Optional<String> named =
                text(options.projectDir == null ? null : options.projectDir.toString(), "DBT_PROJECT_DIR");
        if (named.isPresent()) {
            return surroundings.resolve(Path.of(named.get()));
        }
        for (Path dir = surroundings.workingDir(); dir != null; dir = dir.getParent()) {
            if (Files.isRegularFile(dir.resolve("dbt_project.yml"))
                    || Files.isRegularFile(dir.resolve("millrace.yml"))) {
                return dir;
            }
        }
        return surroundings.workingDir();
    }

    Invocation invocation(String command) {
        if (options.threads != null && options.threads < 1) {
            throw new MillraceException(ErrorCode.USAGE, "--threads must be at least 1, but is " + options.threads);
        }
        return new Invocation(
                command,
                projectDir(),
                Optional.ofNullable(options.profilesDir).map(surroundings::resolve),
                text(options.profile, "DBT_PROFILE"),
                text(options.target, "DBT_TARGET"),
                vars(),
                Optional.ofNullable(options.threads),
                fullRefresh(),
                environment(),
                flags());
    }

    /** The process's, with what an option says in place of its variable. */
    private Map<String, String> environment() {
        if (options.partialParse == null) {
            return surroundings.environment();
        }
        Map<String, String> environment = new HashMap<>(surroundings.environment());
        environment.put("DBT_PARTIAL_PARSE", options.partialParse.toString());
        return environment;
    }

    /** What templates find in {@code flags} of the options of every command. */
    private Map<String, Object> flags() {
        Map<String, Object> flags = new LinkedHashMap<>();
        flags.put("FAIL_FAST", failFast());
        flags.put("WARN_ERROR", warnError());
        flags.put("DEBUG", debug());
        flags.put("QUIET", quiet());
        flags.put("LOG_FORMAT", text(options.logFormat, "DBT_LOG_FORMAT").orElse("default"));
        flags.put("LOG_LEVEL", text(options.logLevel, "DBT_LOG_LEVEL").orElse("info"));
        flags.put("STORE_FAILURES", flag(null, "DBT_STORE_FAILURES"));
        text(options.targetPath, "DBT_TARGET_PATH").ifPresent(path -> flags.put("TARGET_PATH", path));
        return flags;
    }

    /** The command line that does the same but for its selection. */
    String again(String command) {
        StringBuilder line = new StringBuilder("millrace ").append(command);
        if (options.projectDir != null) {
            line.append(" --project-dir ").append(options.projectDir);
        }
        if (options.profilesDir != null) {
            line.append(" --profiles-dir ").append(options.profilesDir);
        }
        if (options.profile != null) {
            line.append(" --profile ").append(options.profile);
        }
        if (options.target != null) {
            line.append(" --target ").append(options.target);
        }
        if (options.vars != null) {
            line.append(" --vars '").append(options.vars.replace("'", "'\\''")).append('\'');
        }
        return line.toString();
    }

    /** {@code flags:} of the project, which the command line and the environment win over. */
    private Map<String, String> projectFlags() {
        Map<String, String> known = projectFlags;
        if (known == null) {
            // Where the project is cannot stand in the project.
            projectFlags = Map.of();
            known = ProjectFlags.read(projectDir());
            projectFlags = known;
        }
        return known;
    }

    private Map<String, @Nullable Object> vars() {
        return mapping("--vars", options.vars, "{start: 2024-01-01, region: eu}");
    }

    /** The mapping that an option's YAML is; empty if there is none. */
    @SuppressWarnings("unchecked") // A YAML mapping's keys are texts.
    static Map<String, @Nullable Object> mapping(String option, @Nullable String yaml, String example) {
        if (yaml == null || yaml.isBlank()) {
            return Map.of();
        }
        MillraceException cause = null;
        try {
            Object value = YamlReader.parse(yaml, option).toJava();
            if (value instanceof Map<?, ?> map) {
                return (Map<String, @Nullable Object>) map;
            }
        } catch (MillraceException e) {
            cause = e;
        }
        throw new MillraceException(
                ErrorCode.USAGE,
                option + " '" + yaml + "' is not a mapping" + (cause == null ? "" : ": " + cause.text()),
                null,
                "Write YAML or JSON: " + option + " '" + example + "'.",
                cause);
    }

    Optional<String> text(@Nullable String option, String variable) {
        return Optional.ofNullable(option)
                .or(() -> Optional.ofNullable(surroundings.environment().get(variable)))
                .filter(value -> !value.isEmpty())
                .or(() -> Optional.ofNullable(projectFlags().get(ProjectFlags.key(variable))));
    }

    boolean flag(@Nullable Boolean option, String variable) {
        if (option != null
                || !surroundings.environment().getOrDefault(variable, "").isEmpty()) {
            return flag(option, surroundings.environment(), variable);
        }
        return isTrue(projectFlags().getOrDefault(ProjectFlags.key(variable), ""));
    }

    /** The option, or else the environment's variable. */
    static boolean flag(@Nullable Boolean option, Map<String, String> environment, String variable) {
        return option == null ? isTrue(environment.getOrDefault(variable, "")) : option;
    }

    private static boolean isTrue(String value) {
        return TRUE.contains(value.toLowerCase(Locale.ROOT));
    }

    private static MillraceException unknown(String option, String value, List<String> known) {
        return new MillraceException(
                ErrorCode.USAGE, option + " '" + value + "' is unknown", null, Suggestion.hint(value, known), null);
    }
}
