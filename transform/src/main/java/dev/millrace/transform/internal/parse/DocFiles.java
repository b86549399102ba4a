package dev.millrace.transform.internal.parse;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.project.Templates;
import dev.millrace.jinja.Definition;
import dev.millrace.jinja.JinjaException;
import dev.millrace.transform.internal.macro.DbtJinja;
import dev.millrace.transform.internal.project.DbtPackage;
import dev.millrace.transform.internal.project.FileTree;
import dev.millrace.transform.internal.project.SourceFile;
import dev.millrace.transform.internal.resource.DocBlock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads the docs blocks of a package's Markdown files. */
final class DocFiles {
    private static final Pattern OPENING = Pattern.compile("\\{%-?\\s*docs\\b");

    private DocFiles() {}

    /** @param problems takes what is wrong with a file, or with one of its blocks */
    static void read(FileTree tree, DbtPackage owner, DocRenderer docs, ProblemList problems) {
        Map<String, Position> seen = new HashMap<>();
        for (SourceFile file : tree.list(owner, owner.paths().docs(), List.of(".md"))) {
            String text = file.text();
            if (OPENING.matcher(text).find()) {
                problems.guard(() -> definitions(text, file.display()).forEach(definition -> {
                    problems.guard(() -> refuseSecond(definition, file, seen));
                    docs.add(new DocBlock(
                            definition.name(),
                            owner.name(),
                            file.relative(),
                            file.original(),
                            definition.body().strip()));
                }));
            }
        }
    }

    private static void refuseSecond(Definition block, SourceFile file, Map<String, Position> seen) {
        Position position = new Position(
                file.display(), block.position().line(), block.position().column());
        Position other = seen.putIfAbsent(block.name(), position);
        if (other != null) {
            throw new MillraceException(
                    ErrorCode.NODE_DUPLICATE,
                    "two docs blocks have the name '" + block.name() + "'; the other stands at " + other,
                    position,
                    "Rename one of them.",
                    null);
        }
    }

    private static List<Definition> definitions(String text, String display) {
        try {
            return DbtJinja.ENVIRONMENT.docs(text, display);
        } catch (JinjaException e) {
            throw Templates.failure(e, new Position(display, 1, 1));
        }
    }
}
