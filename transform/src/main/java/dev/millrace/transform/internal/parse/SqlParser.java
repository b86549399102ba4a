package dev.millrace.transform.internal.parse;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.RelationName;
import dev.millrace.jinja.Template;
import dev.millrace.transform.internal.context.NodeContext;
import dev.millrace.transform.internal.macro.MacroFiles;
import dev.millrace.transform.internal.project.SourceFile;
import dev.millrace.transform.internal.resource.Config;
import dev.millrace.transform.internal.resource.Hook;
import dev.millrace.transform.internal.resource.Identity;
import dev.millrace.transform.internal.resource.Properties;
import dev.millrace.transform.internal.resource.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parses files that are one SQL statement each: models, singular tests, analyses. */
final class SqlParser {
    private final Parsing parsing;

    SqlParser(Parsing parsing) {
        this.parsing = parsing;
    }

    /** @param section where YAML files describe this kind */
    Resource parse(NodeKind kind, SourceFile file, String section) {
        Identity identity = parsing.yaml()
                .patch(section, file.owner().name(), file.stem())
                .filter(patch -> kind == NodeKind.MODEL && patch.map().has("version"))
                .map(patch -> version(file, patch))
                .orElseGet(() -> Parsing.identity(kind, file, file.stem()));
        return parse(identity, file.text().stripTrailing(), file, section);
    }

    private static Identity version(SourceFile file, Patch patch) {
        Identity plain = Parsing.identity(NodeKind.MODEL, file, patch.name());
        List<String> fqn = new ArrayList<>(plain.fqn());
        fqn.add(patch.nodeName().substring(patch.name().length() + 1));
        return new Identity(
                new NodeId(NodeKind.MODEL, plain.packageName(), patch.nodeName()),
                plain.owner(),
                plain.name(),
                plain.path(),
                plain.originalPath(),
                plain.display(),
                fqn,
                plain.position());
    }

    /**
     * Parses one statement of a file.
     *
     * @param text the statement at the line it has in the file: what stands before it is blank
     */
    Resource parse(Identity identity, String text, SourceFile file, String section) {
        NodeKind kind = identity.kind();
        Optional<Patch> patch = parsing.yaml().patch(section, file.owner().name(), described(identity, file));
        Capture capture = new Capture();
        Map<String, @Nullable Object> fromYaml =
                patch.map(p -> PropertiesReader.config(p.map())).orElse(Map.of());
        Config known = parsing.configs().resolve(kind, file.owner(), identity.fqn(), fromYaml, List.of());
        NodeContext context = ParseNames.context(parsing.context(), identity, known, capture);
        Template template = MacroFiles.compile(text, file.display());
        parsing.renderTolerantly(template, context, capture);
        Config config = capture.configs().isEmpty()
                ? known
                : parsing.configs().resolve(kind, file.owner(), identity.fqn(), fromYaml, capture.configs());
        for (String key : List.of("pre-hook", "post-hook")) {
            for (Hook hook : config.hooks(key)) {
                Template statement = MacroFiles.compile(hook.sql(), file.display());
                if (known.hooks(key).contains(hook)) {
                    parsing.render(statement, context, identity.packageName());
                } else {
                    parsing.renderTolerantly(statement, context, capture);
                }
            }
        }
        parsing.warn(capture.unknown(), identity);
        Properties properties = patch.map(parsing.properties()::read).orElse(Properties.NONE);
        MicrobatchCheck.check(identity, config);
        SeverityCheck.check(identity, config);
        ContractCheck.check(identity, config, properties, patch, context, parsing);
        RelationName relation = parsing.naming().name(identity, config);
        String code = text.stripLeading();
        return new Resource(
                identity,
                properties,
                config,
                capture.dependencies(),
                relation,
                code,
                // How it is laid out does not count.
                Parsing.sha256(String.join(" ", code.split("\\s+"))),
                template,
                null);
    }

    /** The name under which YAML files describe it: a model's is its file's. */
    private static String described(Identity identity, SourceFile file) {
        return identity.kind() == NodeKind.MODEL ? file.stem() : identity.name();
    }

    /** Parses, keeping what is wrong for the report. */
    Optional<Resource> tryParse(NodeKind kind, SourceFile file, String section) {
        try {
            return Optional.of(parse(kind, file, section));
        } catch (MillraceException e) {
            parsing.broken()
                    .add(parsing.yaml()
                            .patch(section, file.owner().name(), file.stem())
                            .map(Patch::name)
                            .orElse(file.stem()));
            parsing.problems().accept(e);
            return Optional.empty();
        }
    }
}
