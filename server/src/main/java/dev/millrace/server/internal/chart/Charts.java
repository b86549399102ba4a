package dev.millrace.server.internal.chart;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Draws one series of numbers. */
public final class Charts {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 300;
    private static final int LEFT = 64;
    private static final int RIGHT = 12;
    private static final int TOP = 12;
    private static final int BOTTOM = 30;
    private static final int MOST_LABELS = 12;

    private Charts() {}

    /** One value of a series; a null value leaves a gap. */
    public record Point(String label, @Nullable Double value) {}

    public static Chart bars(List<Point> points) {
        Scale scale = Scale.of(points, true);
        List<Chart.Mark> marks = new ArrayList<>();
        double slot = slot(points);
        for (int i = 0; i < points.size(); i++) {
            Double value = points.get(i).value();
            if (value != null) {
                double y = scale.y(Math.max(value, 0));
                double height = Math.max(1, Math.abs(scale.y(value) - scale.y(0)));
                double width = Math.max(1, Math.min(slot * 0.72, 64));
                marks.add(new Chart.Mark(LEFT + slot * i + (slot - width) / 2, y, width, height, title(points.get(i))));
            }
        }
        return new Chart(WIDTH, HEIGHT, marks, scale.ticks(), labels(points, slot), "", "");
    }

    public static Chart line(List<Point> points) {
        Scale scale = Scale.of(points, false);
        List<Chart.Mark> marks = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        double slot = slot(points);
        boolean pen = false;
        for (int i = 0; i < points.size(); i++) {
            Double value = points.get(i).value();
            if (value == null) {
                pen = false;
                continue;
            }
            double x = LEFT + slot * (i + 0.5);
            double y = scale.y(value);
            line.append(pen ? "L" : "M").append(round(x)).append(' ').append(round(y));
            marks.add(new Chart.Mark(x, y, 0, 0, title(points.get(i))));
            pen = true;
        }
        String area = "";
        if (!marks.isEmpty() && line.lastIndexOf("M") == 0) {
            double floor = HEIGHT - BOTTOM;
            area = line + "L" + round(marks.get(marks.size() - 1).x()) + " " + floor + "L"
                    + round(marks.get(0).x()) + " " + floor + "Z";
        }
        return new Chart(WIDTH, HEIGHT, marks, scale.ticks(), labels(points, slot), line.toString(), area);
    }

    private static double slot(List<Point> points) {
        return (double) (WIDTH - LEFT - RIGHT) / Math.max(1, points.size());
    }

    private static List<Chart.Label> labels(List<Point> points, double slot) {
        List<Chart.Label> labels = new ArrayList<>();
        int every = Math.max(1, (int) Math.ceil(points.size() / (double) MOST_LABELS));
        for (int i = 0; i < points.size(); i += every) {
            String text = points.get(i).label();
            labels.add(
                    new Chart.Label(LEFT + slot * (i + 0.5), text.length() > 12 ? text.substring(0, 11) + "…" : text));
        }
        return labels;
    }

    private static String title(Point point) {
        Double value = point.value();
        return point.label() + ": " + (value == null ? "" : number(value));
    }

    static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return String.format(Locale.ROOT, "%,d", (long) value);
        }
        return new BigDecimal(value).round(new java.math.MathContext(6)).toPlainString();
    }

    private static double round(double value) {
        return Math.round(value * 10) / 10.0;
    }

    /** The values of a chart against its height. */
    private record Scale(double low, double high, double step) {
        static Scale of(List<Point> points, boolean fromZero) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (Point point : points) {
                Double value = point.value();
                if (value != null && Double.isFinite(value)) {
                    low = Math.min(low, value);
                    high = Math.max(high, value);
                }
            }
            if (low > high) {
                low = 0;
                high = 1;
            }
            // A line that hardly leaves the ground would be hidden by a scale from zero.
            if (fromZero || (low > 0 && low < high * 0.5)) {
                low = Math.min(low, 0);
                high = Math.max(high, 0);
            }
            if (high - low < 1e-12) {
                high = low + 1;
            }
            double step = nice((high - low) / 4);
            return new Scale(Math.floor(low / step) * step, Math.ceil(high / step) * step, step);
        }

        private static double nice(double rough) {
            double power = Math.pow(10, Math.floor(Math.log10(rough)));
            double part = rough / power;
            return (part <= 1 ? 1 : part <= 2 ? 2 : part <= 2.5 ? 2.5 : part <= 5 ? 5 : 10) * power;
        }

        double y(double value) {
            return round(HEIGHT - BOTTOM - (value - low) / (high - low) * (HEIGHT - TOP - BOTTOM));
        }

        List<Chart.Tick> ticks() {
            List<Chart.Tick> ticks = new ArrayList<>();
            for (double value = low; value <= high + step / 2; value += step) {
                ticks.add(new Chart.Tick(y(value), brief(Math.abs(value) < step / 1e6 ? 0 : value)));
            }
            return ticks;
        }

        private static String brief(double value) {
            double size = Math.abs(value);
            if (size >= 1e9) {
                return trim(value / 1e9) + "B";
            }
            if (size >= 1e6) {
                return trim(value / 1e6) + "M";
            }
            return size >= 1e4 ? trim(value / 1e3) + "k" : trim(value);
        }

        private static String trim(double value) {
            return new BigDecimal(value)
                    .round(new java.math.MathContext(4))
                    .stripTrailingZeros()
                    .toPlainString();
        }
    }
}
