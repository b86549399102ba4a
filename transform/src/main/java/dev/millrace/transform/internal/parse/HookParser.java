package dev.millrace.transform.internal.parse;

import dev.millrace.core.Position;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.RelationName;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.jinja.Template;
import dev.millrace.transform.internal.context.NodeContext;
import dev.millrace.transform.internal.macro.MacroFiles;
import dev.millrace.transform.internal.project.DbtPackage;
import dev.millrace.transform.internal.resource.Config;
import dev.millrace.transform.internal.resource.Identity;
import dev.millrace.transform.internal.resource.Properties;
import dev.millrace.transform.internal.resource.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Parses {@code on-run-start} and {@code on-run-end} of dbt_project.yml. */
final class HookParser {
    private final Parsing parsing;

    HookParser(Parsing parsing) {
        this.parsing = parsing;
    }

    /** @param when {@code on-run-start} or {@code on-run-end} */
    List<Resource> parse(DbtPackage owner, String when) {
        List<Resource> hooks = new ArrayList<>();
        for (YamlNode node : owner.hooks(when)) {
            int index = hooks.size();
            parsing.guard(() -> hooks.add(parse(owner, when, index, node)));
        }
        return hooks;
    }

    private Resource parse(DbtPackage owner, String when, int index, YamlNode node) {
        String name = owner.name() + "-" + when + "-" + index;
        Position position = node.position();
        Identity identity = new Identity(
                new NodeId(NodeKind.OPERATION, owner.name(), name),
                owner,
                name,
                "hooks/" + name + ".sql",
                "./dbt_project.yml",
                position.file(),
                List.of(owner.name(), "hooks", name),
                position);
        String code = String.valueOf(node.toJava());
        Template template = MacroFiles.compile(code, position.file());
        Capture capture = new Capture();
        NodeContext context = ParseNames.context(parsing.context(), identity, capture);
        try {
            template.render(context);
        } catch (dev.millrace.jinja.JinjaException e) {
            throw parsing.failure(e, position, owner.name());
        }
        Config config = parsing.configs()
                .resolve(NodeKind.OPERATION, owner, identity.fqn(), Map.of("tags", List.of(when)), capture.configs());
        return new Resource(
                identity,
                Properties.NONE,
                config,
                capture.dependencies(),
                new RelationName(
                        "", parsing.context().database(), parsing.context().schema(), name),
                code,
                Parsing.sha256(code),
                template,
                null);
    }
}
