package dev.millrace.server.internal.layout;

import java.util.List;

/**
 * A graph with places, in pixels from the upper left.
 *
 * @param width of the whole
 * @param height of the whole
 */
public record Drawing<T>(List<Box<T>> boxes, List<Line<T>> lines, int width, int height) {
    public Drawing {
        boxes = List.copyOf(boxes);
        lines = List.copyOf(lines);
    }

    /** A node; {@code x} and {@code y} are its upper left corner. */
    public record Box<T>(T node, int x, int y) {}

    /**
     * An edge.
     *
     * @param path of SVG
     */
    public record Line<T>(T from, T to, String path) {}
}
