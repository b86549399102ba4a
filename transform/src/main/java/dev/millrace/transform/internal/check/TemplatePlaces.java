package dev.millrace.transform.internal.check;

import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.jinja.Template;
import dev.millrace.transform.internal.macro.MacroFiles;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.run.DryCompiler;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Leads places in compiled SQL back to the files it comes from. */
final class TemplatePlaces {
    private final DryCompiler compiler;

    TemplatePlaces(DryCompiler compiler) {
        this.compiler = compiler;
    }

    /**
     * The place in the node's file that a place in its SQL comes from: the text itself, or the tag that wrote it.
     *
     * @param offset in characters; negative if unknown
     * @param name what is to be found there; may be empty
     */
    Position of(Resource resource, String sql, int offset, String name) {
        Position start = resource.identity().position();
        Template template = resource.template();
        if (template == null || resource.test() != null) {
            return start;
        }
        String source = template.source();
        int place = offset < 0 ? -1 : marked(resource, source, sql, offset, name);
        if (place < 0) {
            place = only(source, name);
        }
        return place < 0 ? Position.ofFile(start.file()) : position(start.file(), source, place);
    }

    private int marked(Resource resource, String source, String sql, int offset, String name) {
        String marked = rendered(resource, source);
        if (marked == null || !Marks.without(marked).equals(sql)) {
            return -1;
        }
        int[] sign = Marks.before(marked, offset);
        if (sign == null) {
            return -1;
        }
        int beyond = offset - sign[0];
        int at = sign[1];
        int length = 0;
        while (length < beyond
                && at + length < source.length()
                && Marks.tagEnd(source, at + length) == at + length
                && source.charAt(at + length) == sql.charAt(sign[0] + length)) {
            length++;
        }
        if (length == beyond) {
            return at + length;
        }
        int tag = at + length;
        while (tag < source.length() && Marks.tagEnd(source, tag) == tag) {
            tag++;
        }
        if (tag >= source.length()) {
            return -1;
        }
        int within = word(source.substring(tag, Marks.tagEnd(source, tag)), name, 0);
        return within < 0 ? tag : tag + within;
    }

    private @Nullable String rendered(Resource resource, String source) {
        try {
            Template template =
                    MacroFiles.compile(Marks.into(source), resource.identity().display());
            return compiler.compile(resource, template);
        } catch (MillraceException e) {
            // The signs were in the way of something: then the place is looked for by its name.
            return null;
        }
    }

    /** The only place where the name stands. */
    private static int only(String source, String name) {
        int first = word(source, name, 0);
        return first < 0 || word(source, name, first + name.length()) >= 0 ? -1 : first;
    }

    private static int word(String text, String name, int from) {
        if (name.isEmpty()) {
            return -1;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        String wanted = name.toLowerCase(Locale.ROOT);
        for (int at = lower.indexOf(wanted, from); at >= 0; at = lower.indexOf(wanted, at + 1)) {
            int end = at + wanted.length();
            boolean starts = at == 0 || !Character.isJavaIdentifierPart(lower.charAt(at - 1));
            boolean ends = end == lower.length() || !Character.isJavaIdentifierPart(lower.charAt(end));
            if (starts && ends) {
                return at;
            }
        }
        return -1;
    }

    private static Position position(String file, String source, int offset) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < offset; i++) {
            if (source.charAt(i) == '\n') {
                line++;
                start = i + 1;
            }
        }
        return new Position(file, line, offset - start + 1);
    }
}
