package dev.millrace.transform.internal.resource;

import dev.millrace.core.Position;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.transform.internal.project.DbtPackage;
import java.util.List;
import java.util.Optional;

/**
 * What a resource is called and where it comes from.
 *
 * @param path dbt's {@code path}: within its configured folder
 * @param originalPath dbt's {@code original_file_path}: within its package
 * @param display as people see it: within the project folder
 */
public record Identity(
        NodeId id,
        DbtPackage owner,
        String name,
        String path,
        String originalPath,
        String display,
        List<String> fqn,
        Position position) {
    public Identity {
        fqn = List.copyOf(fqn);
    }

    public NodeKind kind() {
        return id.kind();
    }

    /** A versioned model's version as text, which its id ends with. */
    public Optional<String> version() {
        String versioned = name + ".v";
        return kind() == NodeKind.MODEL && id.name().startsWith(versioned)
                ? Optional.of(id.name().substring(versioned.length()))
                : Optional.empty();
    }

    public String packageName() {
        return owner.name();
    }
}
