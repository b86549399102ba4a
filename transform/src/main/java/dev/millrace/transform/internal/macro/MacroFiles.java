package dev.millrace.transform.internal.macro;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.project.Templates;
import dev.millrace.jinja.Definition;
import dev.millrace.jinja.JinjaEnvironment;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.Template;
import dev.millrace.transform.internal.project.DbtPackage;
import dev.millrace.transform.internal.project.FileTree;
import dev.millrace.transform.internal.project.SourceFile;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Reads the macros that a package's files define: those of its macro folders and the generic tests of its test folders.
 */
public final class MacroFiles {
    private static final JinjaEnvironment JINJA = DbtJinja.ENVIRONMENT;

    private MacroFiles() {}

    /** The package's macros by name. What is wrong with a file goes to {@code problems}. */
    public static Map<String, Macro> read(FileTree tree, DbtPackage owner, Consumer<MillraceException> problems) {
        Map<String, Macro> macros = new LinkedHashMap<>();
        Set<SourceFile> files =
                new LinkedHashSet<>(tree.list(owner, owner.paths().macros(), List.of(".sql")));
        for (SourceFile file : tree.list(owner, owner.paths().tests(), List.of(".sql"))) {
            if (file.relative().startsWith("generic/")) {
                files.add(file);
            }
        }
        for (SourceFile file : files) {
            try {
                add(owner.name(), file, macros);
            } catch (MillraceException e) {
                problems.accept(e);
            }
        }
        return macros;
    }

    private static void add(String owner, SourceFile file, Map<String, Macro> macros) {
        for (Definition definition : compile(file.text(), file.display()).definitions()) {
            if (definition.kind() == Definition.Kind.DOCS || definition.kind() == Definition.Kind.SNAPSHOT) {
                continue;
            }
            Macro macro = macro(owner, file.original(), definition);
            Macro other = macros.putIfAbsent(macro.name(), macro);
            if (other != null) {
                throw new MillraceException(
                        ErrorCode.NODE_DUPLICATE,
                        "macro '" + macro.name() + "' is defined twice; the other stands at " + other.position(),
                        macro.position(),
                        "Rename or remove one of them.",
                        null);
            }
        }
    }

    static Macro macro(String owner, String path, Definition definition) {
        dev.millrace.jinja.Position at = definition.position();
        return new Macro(
                owner,
                definition.macroName(),
                path,
                new Position(at.file(), at.line(), at.column()),
                definition.source(),
                () -> definition);
    }

    /**
     * A macro that was found when its file was read before. The file, unchanged since, is compiled when the first of
     * its macros is called.
     */
    public static Macro known(
            DbtPackage owner, String name, String path, Position position, String code, Supplier<Template> file) {
        Supplier<Definition> definition = new Once<>(() -> file.get().definitions().stream()
                .filter(candidate -> candidate.macroName().equals(name))
                .findFirst()
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.MACRO_NOT_FOUND,
                        "the macro '" + name + "' has gone from its file while it was in use",
                        position,
                        "Try again.",
                        null)));
        return new Macro(owner.name(), name, path, position, code, definition);
    }

    /** The file of {@link #known} macros. */
    public static Supplier<Template> file(DbtPackage owner, String path, String display) {
        return new Once<>(() -> {
            SourceFile file = new SourceFile(owner, owner.root().resolve(path), ".", path, display);
            return compile(file.text(), display);
        });
    }

    /** Compiles a template, with its errors as Millrace's. */
    public static Template compile(String text, String display) {
        try {
            return JINJA.compile(text, display);
        } catch (JinjaException e) {
            throw Templates.failure(e, new Position(display, 1, 1));
        }
    }
}
