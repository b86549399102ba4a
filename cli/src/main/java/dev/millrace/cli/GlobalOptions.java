package dev.millrace.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options of every command, written before or after its name; dbt's, with dbt's meaning. */
final class GlobalOptions {
    @Option(
            names = "--project-dir",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            order = 10,
            description = "The project's folder (default: the nearest one up from here; env DBT_PROJECT_DIR).")
    @Nullable
    Path projectDir;

    @Option(
            names = "--profiles-dir",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            order = 11,
            description = "Where profiles.yml is (default: the project, here, ~/.dbt; env DBT_PROFILES_DIR).")
    @Nullable
    Path profilesDir;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            order = 12,
            description = "The profile to use in place of the project's (env DBT_PROFILE).")
    @Nullable
    String profile;

    @Option(
            names = {"-t", "--target"},
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            order = 13,
            description = "The profile's output to use, such as prod (env DBT_TARGET).")
    @Nullable
    String target;

    @Option(
            names = "--vars",
            paramLabel = "YAML",
            scope = ScopeType.INHERIT,
            order = 14,
            description = "Variables as YAML or JSON: '{start: 2024-01-01}'. They win over the project's.")
    @Nullable
    String vars;

    @Option(
            names = "--threads",
            paramLabel = "N",
            scope = ScopeType.INHERIT,
            order = 15,
            description = "How many nodes run at once (default: the profile's).")
    @Nullable
    Integer threads;

    @Option(
            names = {"-f", "--full-refresh"},
            negatable = true,
            scope = ScopeType.INHERIT,
            order = 16,
            description = "Build incremental models and connections anew (env DBT_FULL_REFRESH).")
    @Nullable
    Boolean fullRefresh;

    @Option(
            names = {"-x", "--fail-fast"},
            negatable = true,
            scope = ScopeType.INHERIT,
            order = 17,
            description = "Stop at the first failure (env DBT_FAIL_FAST).")
    @Nullable
    Boolean failFast;

    @Option(
            names = "--warn-error",
            negatable = true,
            scope = ScopeType.INHERIT,
            order = 18,
            description = "Take warnings as errors: a test that would warn fails (env DBT_WARN_ERROR).")
    @Nullable
    Boolean warnError;

    @Option(
            names = "--target-path",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            order = 19,
            description = "Where compiled SQL and artifacts go (default: target; env DBT_TARGET_PATH).")
    @Nullable
    String targetPath;

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            scope = ScopeType.INHERIT,
            order = 30,
            description =
                    "text (alive on a terminal), plain (never alive) or json (an event per line; env DBT_LOG_FORMAT).")
    @Nullable
    String logFormat;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            scope = ScopeType.INHERIT,
            order = 31,
            description = "debug, info, warn, error or none (env DBT_LOG_LEVEL).")
    @Nullable
    String logLevel;

    @Option(
            names = "--log-path",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            order = 32,
            description = "Where millrace.log goes (default: logs/ of the project; env DBT_LOG_PATH).")
    @Nullable
    Path logPath;

    @Option(
            names = {"-q", "--quiet"},
            negatable = true,
            scope = ScopeType.INHERIT,
            order = 33,
            description = "Show only errors and what was asked for (env DBT_QUIET).")
    @Nullable
    Boolean quiet;

    @Option(
            names = {"-d", "--debug"},
            negatable = true,
            scope = ScopeType.INHERIT,
            order = 34,
            description = "Show debug messages, and stack traces of errors (env DBT_DEBUG).")
    @Nullable
    Boolean debug;

    @Option(
            names = "--use-colors",
            negatable = true,
            scope = ScopeType.INHERIT,
            order = 35,
            description = "Colours even in a pipe, or never (env DBT_USE_COLORS, NO_COLOR).")
    @Nullable
    Boolean useColors;

    @Option(names = "--no-color", scope = ScopeType.INHERIT, order = 36, description = "Same as --no-use-colors.")
    boolean noColor;

    @Option(
            names = "--partial-parse",
            negatable = true,
            scope = ScopeType.INHERIT,
            order = 37,
            description =
                    "Take what the last parse came to if nothing has changed (env DBT_PARTIAL_PARSE; default true).")
    @Nullable
    Boolean partialParse;

    /** dbt's options that have nothing to switch here: scripts written for dbt go on working. */
    @Option(
            names = {
                "--version-check",
                "--send-anonymous-usage-stats",
                "--populate-cache",
                "--cache-selected-only",
                "--static-parser",
                "--use-experimental-parser",
                "--print",
                "--write-json",
                "--single-threaded",
                "--introspect",
                "--partial-parse-file-diff",
                "--use-fast-test-edges"
            },
            negatable = true,
            hidden = true,
            scope = ScopeType.INHERIT)
    @Nullable
    Boolean ignored;

    @Option(
            names = {
                "--printer-width",
                "--log-level-file",
                "--log-format-file",
                "--log-file-max-bytes",
                "--log-cache-events",
                "--record-timing-info",
                "--sqlparse",
                "-r"
            },
            hidden = true,
            scope = ScopeType.INHERIT)
    @Nullable
    String ignoredValue;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            order = 90,
            description = "Show this help.")
    boolean help;

    /** Takes over what another command line says of the run and its output, but not which project it is about. */
    void inherit(GlobalOptions other) {
        threads = other.threads;
        fullRefresh = other.fullRefresh;
        failFast = other.failFast;
        warnError = other.warnError;
        logFormat = other.logFormat;
        logLevel = other.logLevel;
        quiet = other.quiet;
        debug = other.debug;
        useColors = other.useColors;
        noColor = other.noColor;
    }
}
