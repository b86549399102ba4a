package dev.millrace.transform.internal.change;

import java.util.ArrayList;
import java.util.List;

/** The lines in which two texts differ. Pure functions. */
public final class UnifiedDiff {
    /** Longer texts are compared only between their common beginning and end, as one block. */
    private static final int MAX_CELLS = 4_000_000;

    private static final int CONTEXT = 3;

    private UnifiedDiff() {}

    private record Line(char sign, String text) {}

    /** The hunks as {@code diff -u} writes them, without the file names; empty if there is no difference. */
    public static List<String> lines(String before, String now) {
        List<Line> all = edits(before.lines().toList(), now.lines().toList());
        List<String> result = new ArrayList<>();
        int old = 1;
        int current = 1;
        int i = 0;
        while (i < all.size()) {
            int next = i;
            while (next < all.size() && all.get(next).sign() == ' ') {
                next++;
            }
            if (next == all.size()) {
                break;
            }
            int start = Math.max(i, next - CONTEXT);
            old += start - i;
            current += start - i;
            int end = endOfHunk(all, next);
            List<Line> hunk = all.subList(start, end);
            int oldCount =
                    (int) hunk.stream().filter(line -> line.sign() != '+').count();
            int newCount =
                    (int) hunk.stream().filter(line -> line.sign() != '-').count();
            // An empty side is named by the line before it.
            result.add("@@ -" + (oldCount == 0 ? old - 1 : old) + "," + oldCount + " +"
                    + (newCount == 0 ? current - 1 : current) + "," + newCount + " @@");
            hunk.forEach(line -> result.add(line.sign() + line.text()));
            old += oldCount;
            current += newCount;
            i = end;
        }
        return result;
    }

    private static int endOfHunk(List<Line> all, int firstChange) {
        int end = firstChange;
        int same = 0;
        for (int i = firstChange; i < all.size(); i++) {
            same = all.get(i).sign() == ' ' ? same + 1 : 0;
            if (same == 0) {
                end = i + 1;
            } else if (same > 2 * CONTEXT) {
                break;
            }
        }
        return Math.min(all.size(), end + CONTEXT);
    }

    /** How many lines come or go. */
    static int size(String before, String now) {
        return (int) edits(before.lines().toList(), now.lines().toList()).stream()
                .filter(line -> line.sign() != ' ')
                .count();
    }

    /** The lines that {@code now} has in addition. */
    static List<String> added(String before, String now) {
        return edits(before.lines().toList(), now.lines().toList()).stream()
                .filter(line -> line.sign() == '+')
                .map(Line::text)
                .toList();
    }

    private static List<Line> edits(List<String> before, List<String> now) {
        int head = 0;
        while (head < before.size() && head < now.size() && before.get(head).equals(now.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < before.size() - head
                && tail < now.size() - head
                && before.get(before.size() - 1 - tail).equals(now.get(now.size() - 1 - tail))) {
            tail++;
        }
        List<Line> edits = new ArrayList<>();
        before.subList(0, head).forEach(text -> edits.add(new Line(' ', text)));
        middle(before.subList(head, before.size() - tail), now.subList(head, now.size() - tail), edits);
        before.subList(before.size() - tail, before.size()).forEach(text -> edits.add(new Line(' ', text)));
        return edits;
    }

    /** By the longest common subsequence. */
    private static void middle(List<String> before, List<String> now, List<Line> edits) {
        int rows = before.size();
        int columns = now.size();
        if ((long) rows * columns > MAX_CELLS) {
            before.forEach(text -> edits.add(new Line('-', text)));
            now.forEach(text -> edits.add(new Line('+', text)));
            return;
        }
        int[][] common = new int[rows + 1][columns + 1];
        for (int i = rows - 1; i >= 0; i--) {
            for (int j = columns - 1; j >= 0; j--) {
                common[i][j] = before.get(i).equals(now.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < rows || j < columns) {
            if (i < rows && j < columns && before.get(i).equals(now.get(j))) {
                edits.add(new Line(' ', before.get(i)));
                i++;
                j++;
            } else if (j == columns || (i < rows && common[i + 1][j] >= common[i][j + 1])) {
                edits.add(new Line('-', before.get(i++)));
            } else {
                edits.add(new Line('+', now.get(j++)));
            }
        }
    }
}
