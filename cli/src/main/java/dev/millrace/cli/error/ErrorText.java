package dev.millrace.cli.error;

import dev.millrace.cli.console.Columns;
import dev.millrace.cli.console.Style;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.ProblemsException;
import dev.millrace.core.TemplateFrame;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * An error as people read it, in the manner of rustc: what is wrong, where, the line itself with a mark under it, what
 * to do.
 *
 * <pre>
 * error[REF_NOT_FOUND]: model 'fct_order' does not exist
 *   --> models/revenue.sql:4:13
 *    |
 *  4 | from {{ ref('fct_order') }}
 *    |             ^^^^^^^^^^^
 *   help: Did you mean 'fct_orders'?
 * </pre>
 *
 * @param source where lines come from
 * @param display turns a position's file into the path to show, such as one relative to the working directory
 */
public record ErrorText(Style style, SourceText source, UnaryOperator<String> display) {
    private static final int LONGEST_LINE = 160;

    /** Every problem of the error, each with its block, separated by an empty line. */
    public List<String> lines(MillraceException error) {
        List<String> lines = new ArrayList<>();
        if (error instanceof ProblemsException several) {
            Set<List<String>> blocks = new LinkedHashSet<>();
            several.problems().forEach(problem -> blocks.add(block(style.red("error"), problem)));
            for (List<String> block : blocks) {
                lines.addAll(block);
                lines.add("");
            }
            lines.add(
                    style.bold(blocks.size() + (blocks.size() == 1 ? " problem" : " problems") + "; nothing was run."));
            return lines;
        }
        return block(style.red("error"), error);
    }

    /** What is strange, but no error, in the same manner. */
    public List<String> warning(MillraceException warning) {
        return block(style.yellow("warning"), warning);
    }

    /** {@code file:line:column} as it is shown. */
    public String place(Position position) {
        return new Position(display.apply(position.file()), position.line(), position.column()).toString();
    }

    private List<String> block(String word, MillraceException error) {
        List<String> lines = new ArrayList<>();
        List<String> message = error.text().strip().lines().toList();
        String first = message.isEmpty() ? error.code().name() : message.get(0);
        lines.add(word + style.dim("[" + error.code() + "]") + style.bold(": " + first));
        for (String more : message.subList(Math.min(1, message.size()), message.size())) {
            lines.add("  " + more);
        }
        error.position().ifPresent(position -> {
            lines.add(style.blue("  --> ") + place(position));
            lines.addAll(excerpt(position));
        });
        lines.addAll(stack(error.templateStack()));
        error.hint().ifPresent(hint -> {
            List<String> advice = hint.strip().lines().toList();
            for (int i = 0; i < advice.size(); i++) {
                lines.add((i == 0 ? "  " + style.cyan("help:") + " " : "        ") + advice.get(i));
            }
        });
        return lines;
    }

    private List<String> stack(List<TemplateFrame> frames) {
        List<String> lines = new ArrayList<>();
        if (!frames.isEmpty()) {
            lines.add("  " + style.cyan("macros:") + style.dim(" (innermost first)"));
        }
        for (TemplateFrame frame : frames) {
            lines.add("    " + frame.call().replace('\n', ' '));
            lines.add("      " + style.dim("called at ") + place(frame.calledAt()));
        }
        return lines;
    }

    private List<String> excerpt(Position position) {
        if (position.line() <= 0) {
            return List.of();
        }
        Optional<String> found = source.line(position.file(), position.line());
        if (found.isEmpty() || found.get().isBlank()) {
            return List.of();
        }
        // A tab is as wide as a terminal wants it to be: one space keeps the mark under its character.
        String text = Secrets.hidden(found.get()).replace('\t', ' ');
        int column = position.column();
        if (column > LONGEST_LINE - 40 || text.length() > LONGEST_LINE) {
            int from = Math.max(0, Math.min(column - 40, text.length() - 1));
            text = text.substring(from, Math.min(text.length(), from + LONGEST_LINE));
            column -= from;
        }
        String number = String.valueOf(position.line());
        String margin = " ".repeat(number.length() + 1);
        List<String> lines = new ArrayList<>();
        lines.add(margin + style.blue(" |"));
        lines.add(" " + style.blue(number + " |") + " " + text);
        if (column > 0 && column <= text.length() + 1) {
            int start = column - 1;
            int end = endOfWord(text, start);
            String indent = " ".repeat(Columns.width(text.substring(0, start)));
            String mark = "^".repeat(Math.max(1, Columns.width(text.substring(start, end))));
            lines.add(margin + style.blue(" |") + " " + indent + style.red(mark));
        }
        return lines;
    }

    /** The end of the name, number or quoted text that begins at {@code start}. */
    private static int endOfWord(String text, int start) {
        if (start >= text.length()) {
            return start;
        }
        char first = text.charAt(start);
        if (first == '\'' || first == '"') {
            int close = text.indexOf(first, start + 1);
            return close < 0 ? start + 1 : close + 1;
        }
        int end = start;
        while (end < text.length()
                && (Character.isLetterOrDigit(text.charAt(end)) || "_.".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        return Math.max(end, start + 1);
    }
}
