package dev.millrace.transform.internal.run;

import dev.millrace.core.Position;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.RelationName;
import dev.millrace.transform.internal.macro.MacroFiles;
import dev.millrace.transform.internal.project.DbtPackage;
import dev.millrace.transform.internal.resource.Config;
import dev.millrace.transform.internal.resource.Dependencies;
import dev.millrace.transform.internal.resource.Identity;
import dev.millrace.transform.internal.resource.Properties;
import dev.millrace.transform.internal.resource.Resource;
import java.util.List;
import java.util.Map;

/** A query that stands in no file: the command line's {@code --inline}. */
public final class InlineQuery {
    private static final String NAME = "inline_query";

    private InlineQuery() {}

    public static Resource of(RunEnvironment environment, String text) {
        DbtPackage root = environment.project().packages().values().iterator().next();
        Identity identity = new Identity(
                new NodeId(NodeKind.OPERATION, root.name(), NAME),
                root,
                NAME,
                NAME,
                NAME,
                "--inline",
                List.of(root.name(), NAME),
                new Position("--inline", 1, 1));
        return new Resource(
                identity,
                Properties.NONE,
                new Config(Map.of()),
                Dependencies.NONE,
                new RelationName(
                        "",
                        environment.project().database(),
                        environment.project().schema(),
                        NAME),
                text,
                "",
                MacroFiles.compile(text, "--inline"),
                null);
    }
}
