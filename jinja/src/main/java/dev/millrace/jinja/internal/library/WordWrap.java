package dev.millrace.jinja.internal.library;

import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.internal.value.Repr;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Jinja's {@code wordwrap}: each line of the text is filled on its own. */
final class WordWrap {
    private static final Pattern CHUNK = Pattern.compile("\\s+|[^\\s-]*\\w-(?=\\w)|[^\\s-]+(?:-+(?!\\w)[^\\s-]*)*|\\S");
    private static final Pattern WHOLE = Pattern.compile("\\s+|\\S+");

    private WordWrap() {}

    static Object apply(Arguments a) {
        int width = Math.max(1, a.integer(1));
        Pattern chunks = a.truth(4) ? CHUNK : WHOLE;
        String separator = a.isNone(3) ? "\n" : a.string(3);
        List<String> lines = new ArrayList<>();
        for (Object line : StrSplit.lines(Repr.str(a.get(0)), false)) {
            lines.add(String.join(separator, fill(Repr.str(line), width, a.truth(2), chunks)));
        }
        return String.join(separator, lines);
    }

    private static List<String> fill(String line, int width, boolean breakLong, Pattern chunks) {
        List<String> lines = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        Matcher matcher = chunks.matcher(line);
        while (matcher.find()) {
            String chunk = matcher.group();
            if (current.length() + chunk.length() > width) {
                if (!current.toString().isBlank()) {
                    lines.add(current.toString().stripTrailing());
                    current.setLength(0);
                }
                while (breakLong && current.length() + chunk.length() > width && !chunk.isBlank()) {
                    int room = width - current.length();
                    lines.add(current + chunk.substring(0, room));
                    current.setLength(0);
                    chunk = chunk.substring(room);
                }
                if (chunk.isBlank()) {
                    continue;
                }
            }
            current.append(chunk);
        }
        if (!current.toString().isBlank()) {
            lines.add(current.toString().stripTrailing());
        }
        return lines;
    }
}
