package dev.millrace.cli.console;

import java.util.ArrayList;
import java.util.List;

/** A terminal in memory that understands what the painter writes: line ends, cursor up, erase below. */
final class FakeScreen implements Screen {
    private final List<StringBuilder> rows = new ArrayList<>(List.of(new StringBuilder()));
    private int width;
    private int row;
    private int column;
    private int writes;
    private boolean cursorShown = true;

    FakeScreen(int width) {
        this.width = width;
    }

    List<String> text() {
        return rows.stream().map(StringBuilder::toString).toList();
    }

    int writes() {
        return writes;
    }

    boolean cursorShown() {
        return cursorShown;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return 24;
    }

    @Override
    public void write(String text) {
        writes++;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r') {
                column = 0;
            } else if (c == '\n') {
                row++;
                if (row == rows.size()) {
                    rows.add(new StringBuilder());
                }
            } else if (c == '\033') {
                int end = i + 2;
                while (!Character.isLetter(text.charAt(end))) {
                    end++;
                }
                escape(text.substring(i + 2, end), text.charAt(end));
                i = end;
            } else {
                put(c);
            }
        }
    }

    private void put(char c) {
        if (column == width) {
            write("\r\n");
            writes--;
        }
        StringBuilder line = rows.get(row);
        line.setLength(Math.max(line.length(), column));
        if (column < line.length()) {
            line.setCharAt(column, c);
        } else {
            line.append(c);
        }
        column++;
    }

    private void escape(String argument, char command) {
        switch (command) {
            case 'A' -> row -= Integer.parseInt(argument);
            case 'J' -> {
                rows.get(row).setLength(column);
                rows.subList(row + 1, rows.size()).clear();
            }
            case 'l', 'h' -> cursorShown = command == 'h';
            case 'm' -> {}
            default -> throw new IllegalStateException("escape " + argument + command);
        }
    }
}
