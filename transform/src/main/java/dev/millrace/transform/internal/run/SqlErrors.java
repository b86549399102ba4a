package dev.millrace.transform.internal.run;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.transform.internal.resource.Resource;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts an error of the engine at its place in the model's file, where the line it complains of can be found again. */
final class SqlErrors {
    private static final Pattern LINE = Pattern.compile("(?m)^\\s*line (\\d+): (.*)$");
    private static final Pattern DOTS = Pattern.compile("^\\.\\.\\.|\\.\\.\\.$");

    private SqlErrors() {}

    static MillraceException at(MillraceException error, Resource resource, String targetFolder) {
        if (error.position().isPresent()) {
            return error;
        }
        MillraceException placed = error.at(position(error.text(), resource));
        boolean fromSql = error.code() == ErrorCode.SQL_FAILED;
        return fromSql
                ? placed.withHint(
                        "The compiled SQL is in " + targetFolder + "/" + CompiledFiles.compiledPath(resource) + ".")
                : placed;
    }

    private static Position position(String message, Resource resource) {
        Position start = resource.identity().position();
        Matcher line = LINE.matcher(message);
        if (resource.test() != null || resource.template() == null || !line.find()) {
            return resource.test() != null ? start : Position.ofFile(start.file());
        }
        String wanted = DOTS.matcher(line.group(2).strip()).replaceAll("").strip();
        List<String> lines = resource.template().source().lines().toList();
        int found = -1;
        for (int i = 0; i < lines.size(); i++) {
            if (!wanted.isEmpty() && lines.get(i).contains(wanted)) {
                if (found >= 0) {
                    return Position.ofFile(start.file());
                }
                found = i;
            }
        }
        return found < 0
                ? Position.ofFile(start.file())
                : new Position(start.file(), found + 1, lines.get(found).indexOf(wanted) + 1);
    }
}
