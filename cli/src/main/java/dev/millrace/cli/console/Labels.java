package dev.millrace.cli.console;

import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.Status;

/** The words and colours a run uses for kinds and statuses. */
final class Labels {
    private Labels() {}

    static String of(NodeKind kind) {
        return switch (kind) {
            case OPERATION -> "hook";
            case UNIT_TEST, SEMANTIC_MODEL, SAVED_QUERY -> kind.key().replace('_', ' ');
            case MODEL,
                    SEED,
                    SNAPSHOT,
                    SOURCE,
                    TEST,
                    ANALYSIS,
                    EXPOSURE,
                    METRIC,
                    CONNECTION,
                    CDC,
                    TOPIC,
                    ASSET,
                    EXPECTATION,
                    SYNC -> kind.key();
        };
    }

    static String of(Status status) {
        return switch (status) {
            case SUCCESS -> "OK";
            case PASS -> "PASS";
            case WARN -> "WARN";
            case FAIL -> "FAIL";
            case ERROR -> "ERROR";
            case SKIPPED -> "SKIP";
        };
    }

    static String paint(Status status, String text, Style style) {
        return switch (status) {
            case SUCCESS, PASS -> style.green(text);
            case WARN -> style.yellow(text);
            case FAIL, ERROR -> style.red(text);
            case SKIPPED -> style.dim(text);
        };
    }
}
