package dev.millrace.transform.internal.run;

import dev.millrace.core.Position;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.RelationName;
import dev.millrace.transform.internal.project.DbtPackage;
import dev.millrace.transform.internal.resource.Config;
import dev.millrace.transform.internal.resource.Dependencies;
import dev.millrace.transform.internal.resource.Identity;
import dev.millrace.transform.internal.resource.Properties;
import dev.millrace.transform.internal.resource.Resource;
import java.util.List;
import java.util.Map;

/** Work that stands in no file, as a resource that templates can run for. */
final class Operations {
    private Operations() {}

    /**
     * @param relation what {@code this} means
     * @param position where it was asked for
     */
    static Resource of(DbtPackage owner, String name, RelationName relation, Position position) {
        Identity identity = new Identity(
                new NodeId(NodeKind.OPERATION, owner.name(), name),
                owner,
                name,
                name,
                name,
                position.file(),
                List.of(owner.name(), name),
                position);
        return new Resource(
                identity, Properties.NONE, new Config(Map.of()), Dependencies.NONE, relation, "", "", null, null);
    }
}
