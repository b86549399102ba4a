package dev.millrace.server.internal.chart;

import java.util.List;

/**
 * A chart as it is drawn, in the coordinates of its SVG.
 *
 * @param line the path through the points; empty for bars
 * @param area the path of what lies under the line; empty for bars
 */
public record Chart(
        int width, int height, List<Mark> marks, List<Tick> ticks, List<Label> labels, String line, String area) {
    public Chart {
        marks = List.copyOf(marks);
        ticks = List.copyOf(ticks);
        labels = List.copyOf(labels);
    }

    /** A bar, or the point of a line; {@code title} says what it stands for. */
    public record Mark(double x, double y, double width, double height, String title) {}

    /** A line across, with its value. */
    public record Tick(double y, String text) {}

    /** A text under the chart. */
    public record Label(double x, String text) {}
}
