package dev.millrace.server.internal.pages;

import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.live.FlowState;
import dev.millrace.orchestrate.NodeRun;
import dev.millrace.orchestrate.RunRecord;
import dev.millrace.orchestrate.RunRequest;
import dev.millrace.orchestrate.RunState;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the templates write what they show. */
public final class Ui {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECOND = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
            .toFormatter(Locale.ROOT);
    private static final int LONGEST_CELL = 200;

    private Ui() {}

    /** A short date in UTC, which the browser replaces by its own time. */
    public static String minute(Instant at) {
        return MINUTE.format(at) + " UTC";
    }

    /** One of {@code ok}, {@code warn}, {@code bad}, {@code run}, {@code wait}, {@code off}: a status's colour. */
    public static String tone(String status) {
        return switch (status) {
            case "success", "pass", "succeeded", "idle" -> "ok";
            case "warn" -> "warn";
            case "fail", "error", "failed", "backing_off" -> "bad";
            case "running", "starting" -> "run";
            case "queued" -> "wait";
            default -> "off";
        };
    }

    /** A status in words. */
    public static String words(String status) {
        return status.replace('_', ' ');
    }

    public static String status(NodeRun run) {
        return run.status().map(status -> status.key()).orElse("running");
    }

    public static String status(Optional<NodeRun> run) {
        return run.map(Ui::status).orElse("never run");
    }

    public static String state(FlowState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** The first eight characters of a run's id, as people tell runs apart. */
    public static String shortId(String runId) {
        return runId.length() > 8 ? runId.substring(0, 8) : runId;
    }

    /** What a run is about, in a few words. */
    public static String subject(RunRecord run) {
        RunRequest request = run.request();
        if (request.pipeline().isPresent()) {
            return request.pipeline().get();
        }
        String select = String.join(" ", request.select());
        return select.isEmpty() ? request.command() : request.command() + " " + select;
    }

    /** How much of a run is done, from 0 to 100. */
    public static int percent(RunRecord run) {
        int done = run.counts().values().stream().mapToInt(Integer::intValue).sum();
        return run.total() == 0 ? 0 : Math.min(100, done * 100 / run.total());
    }

    public static boolean open(RunRecord run) {
        return run.state() == RunState.QUEUED || run.state() == RunState.RUNNING;
    }

    /** What group of the stack a kind belongs to: its colour in the graph. */
    public static String family(Node node) {
        return node.trigger().isPresent() && node.kind() == NodeKind.MODEL ? "stream" : family(node.kind());
    }

    static String family(NodeKind kind) {
        return switch (kind) {
            case SOURCE, CONNECTION, CDC -> "ingest";
            case TOPIC -> "stream";
            case SEED, SNAPSHOT, ANALYSIS, OPERATION -> "seed";
            case MODEL, METRIC, SEMANTIC_MODEL, SAVED_QUERY -> "model";
            case ASSET -> "asset";
            case TEST, UNIT_TEST, EXPECTATION -> "check";
            case SYNC, EXPOSURE -> "sync";
        };
    }

    public static String kind(NodeKind kind) {
        return kind.key().replace('_', ' ');
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A value of the warehouse as a cell shows it. */
    public static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String text;
        if (value instanceof BigDecimal decimal) {
            text = decimal.toPlainString();
        } else if (value instanceof byte[] bytes) {
            text = bytes.length + " bytes";
        } else if (value instanceof LocalDateTime time) {
            text = SECOND.format(time);
        } else if (value instanceof OffsetDateTime time) {
            text = SECOND.format(time) + time.getOffset();
        } else {
            text = value.toString();
        }
        return text.length() > LONGEST_CELL ? text.substring(0, LONGEST_CELL) + "…" : text;
    }

    public static boolean isNumber(@Nullable Object value) {
        return value instanceof Number;
    }

    /** What selects exactly this node. */
    public static String selector(Node node) {
        return switch (node.kind()) {
            case MODEL, SEED, SNAPSHOT -> node.name();
            default -> "unique_id:" + node.id();
        };
    }

    /** A time zone where it is not UTC. */
    public static String zone(String zone) {
        return zone.equals("Z") || zone.equals("UTC") ? "UTC" : zone;
    }

    /** The text, cut to what fits. */
    public static String cut(String text, int longest) {
        return text.length() > longest ? text.substring(0, longest - 1) + "…" : text;
    }

    /** Whether a column of this type is set to the right. */
    public static boolean isNumeric(String type) {
        String upper = type.toUpperCase(Locale.ROOT);
        return upper.matches(
                "(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?\\d*|U?INTEGER|FLOAT|DOUBLE|REAL|DECIMAL.*|NUMERIC.*)");
    }
}
