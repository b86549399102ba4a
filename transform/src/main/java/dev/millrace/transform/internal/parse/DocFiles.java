package dev.millrace.transform.internal.parse;

import dev.millrace.core.Position;
import dev.millrace.core.project.Templates;
import dev.millrace.jinja.Definition;
import dev.millrace.jinja.JinjaException;
import dev.millrace.transform.internal.macro.DbtJinja;
import dev.millrace.transform.internal.project.DbtPackage;
import dev.millrace.transform.internal.project.FileTree;
import dev.millrace.transform.internal.project.SourceFile;
import dev.millrace.transform.internal.resource.DocBlock;
import java.util.List;

/** Reads the docs blocks of a package's Markdown files. */
final class DocFiles {
    private DocFiles() {}

    static void read(FileTree tree, DbtPackage owner, DocRenderer docs) {
        for (SourceFile file : tree.list(owner, owner.paths().docs(), List.of(".md"))) {
            String text = file.text();
            if (!text.contains("enddocs")) {
                continue;
            }
            for (Definition definition : definitions(text, file.display())) {
                docs.add(new DocBlock(
                        definition.name(),
                        owner.name(),
                        file.relative(),
                        file.original(),
                        definition.body().strip()));
            }
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
