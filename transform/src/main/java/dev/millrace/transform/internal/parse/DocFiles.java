package dev.millrace.transform.internal.parse;

import dev.millrace.core.project.Project;
import dev.millrace.jinja.Definition;
import dev.millrace.transform.internal.macro.MacroFiles;
import dev.millrace.transform.internal.project.DbtPackage;
import dev.millrace.transform.internal.project.FileTree;
import dev.millrace.transform.internal.project.SourceFile;
import dev.millrace.transform.internal.resource.DocBlock;
import java.util.List;

/** Reads the docs blocks of a package's Markdown files. */
final class DocFiles {
    private DocFiles() {}

    static void read(Project project, DbtPackage owner, DocRenderer docs) {
        for (SourceFile file : FileTree.list(project, owner, owner.paths().docs(), List.of(".md"))) {
            String text = file.text();
            if (!text.contains("enddocs")) {
                continue;
            }
            for (Definition definition :
                    MacroFiles.compile(text, file.display()).definitions()) {
                if (definition.kind() == Definition.Kind.DOCS) {
                    docs.add(new DocBlock(
                            definition.name(),
                            owner.name(),
                            file.relative(),
                            file.original(),
                            definition.body().strip()));
                }
            }
        }
    }
}
