package dev.millrace.transform.internal.parse;

import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.project.Project;
import dev.millrace.jinja.Globals;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.Template;
import dev.millrace.transform.internal.context.NodeContext;
import dev.millrace.transform.internal.context.ProjectContext;
import dev.millrace.transform.internal.context.TemplateErrors;
import dev.millrace.transform.internal.project.FileTree;
import dev.millrace.transform.internal.project.SourceFile;
import dev.millrace.transform.internal.resource.Identity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What the parsers of one project have in common. Files are read by several threads at once.
 *
 * @param broken the names of what is wrong in itself: that nothing else finds it is no further problem
 */
record Parsing(
        ProjectContext context,
        FileTree files,
        SchemaFiles yaml,
        ConfigResolver configs,
        RelationNaming naming,
        PropertiesReader properties,
        ProblemList problems,
        Consumer<MillraceException> warnings,
        Set<String> broken) {
    Project project() {
        return context.project();
    }

    /** Runs {@code work}; what it throws joins the problems. */
    void guard(Runnable work) {
        problems.guard(work);
    }

    /** Runs {@code work} for the resource {@code name}; what it throws joins the problems. */
    void guard(String name, Runnable work) {
        problems.guard(() -> {
            try {
                work.run();
            } catch (MillraceException e) {
                broken.add(name);
                throw e;
            }
        });
    }

    static Identity identity(NodeKind kind, SourceFile file, String name) {
        List<String> fqn = new ArrayList<>();
        fqn.add(file.owner().name());
        fqn.addAll(List.of(file.folders()));
        fqn.add(name);
        return new Identity(
                new NodeId(kind, file.owner().name(), name),
                file.owner(),
                name,
                file.relative(),
                file.original(),
                file.display(),
                fqn,
                file.position());
    }

    /** Renders for what it captures; an error of the template becomes one of Millrace's. */
    String render(Template template, Globals globals, String packageName) {
        try {
            return template.render(globals);
        } catch (JinjaException e) {
            throw failure(e, new Position(template.name(), 1, 1), packageName);
        }
    }

    /** The same, but {@code capture} takes the names that nobody knows. */
    void renderTolerantly(Template template, NodeContext globals, Capture capture) {
        capture.unknown().tolerate(() -> render(template, globals, globals.packageName()));
    }

    /** Warns of names that nobody knows: the node fails if it comes to them when it is compiled. */
    void warn(UnknownNames unknown, Identity identity) {
        unknown.forEach((message, at) -> warnings.accept(
                failure(JinjaException.undefined(message).at(at), identity.position(), identity.packageName())));
    }

    /** The error of a template: where, which macros were running, and what an unknown name may have meant. */
    MillraceException failure(JinjaException e, Position start, String packageName) {
        return TemplateErrors.of(e, start, context, packageName);
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
