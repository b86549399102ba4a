package dev.millrace.server.internal.pages;

import dev.millrace.orchestrate.NodeRun;
import dev.millrace.orchestrate.RunRecord;
import dev.millrace.server.internal.text.Amounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The nodes of a run over its time.
 *
 * @param ticks of the axis
 */
public record Timeline(List<Bar> bars, List<Tick> ticks) {
    private static final int TICKS = 5;

    /** One node; {@code x} and {@code width} are parts of the whole in percent, as SVG takes them. */
    public record Bar(NodeRun node, String status, String x, String width, String elapsed) {}

    /** A place on the axis. */
    public record Tick(String x, String text) {}

    static Timeline of(RunRecord run, List<NodeRun> nodes, Instant now) {
        Instant begin = run.startedAt().orElse(run.queuedAt());
        Instant end = run.finishedAt().orElse(now);
        for (NodeRun node : nodes) {
            begin = node.startedAt().isBefore(begin) ? node.startedAt() : begin;
            Instant last = node.finishedAt().orElse(end);
            end = last.isAfter(end) ? last : end;
        }
        double whole = Math.max(1, Duration.between(begin, end).toMillis());
        List<Bar> bars = new ArrayList<>();
        for (NodeRun node : nodes) {
            double from = Duration.between(begin, node.startedAt()).toMillis() / whole;
            double part = Math.max(0, node.elapsed(end).toMillis()) / whole;
            String elapsed =
                    node.attempts() == 0 && node.status().isPresent() ? "" : Amounts.duration(node.elapsed(end));
            bars.add(new Bar(node, Ui.status(node), percent(from), percent(Math.max(part, 0.004)), elapsed));
        }
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i < TICKS; i++) {
            ticks.add(new Tick(
                    percent((double) i / TICKS),
                    i == 0 ? "0" : Amounts.duration(Duration.ofMillis(Math.round(whole * i / TICKS)))));
        }
        return new Timeline(bars, ticks);
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.2f%%", part * 100);
    }
}
