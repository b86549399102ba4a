package dev.millrace.transform.internal.parse;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.transform.internal.resource.Dependencies;
import dev.millrace.transform.internal.resource.Identity;
import dev.millrace.transform.internal.resource.Manifest;
import dev.millrace.transform.internal.resource.RefArgs;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.resource.SourceArgs;
import dev.millrace.transform.internal.resource.SourceTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Finds what each {@code ref} and {@code source} means. */
final class ReferenceResolver {
    private final Manifest manifest;
    private final String root;
    private final Set<String> broken;
    private final Consumer<MillraceException> problems;
    private final Map<NodeId, SourceArgs> undeclared = new LinkedHashMap<>();

    /** @param broken the names that it is no problem not to find */
    ReferenceResolver(Manifest manifest, String root, Set<String> broken, Consumer<MillraceException> problems) {
        this.manifest = manifest;
        this.root = root;
        this.broken = broken;
        this.problems = problems;
    }

    /** The dependencies with their nodes, or empty when something it refers to is disabled and it is a test. */
    Optional<Dependencies> resolve(Identity identity, Dependencies written) {
        Set<NodeId> nodes = new LinkedHashSet<>();
        for (RefArgs ref : written.refs()) {
            Optional<Resource> target = manifest.ref(ref, identity.packageName(), root);
            if (target.isPresent()) {
                nodes.add(target.get().id());
            } else if (identity.kind() == NodeKind.TEST
                    && manifest.disabledRef(ref, identity.packageName(), root).isPresent()) {
                return Optional.empty();
            } else if (!broken.contains(ref.name())) {
                problems.accept(unknown(ref, identity));
            }
        }
        for (SourceArgs source : written.sources()) {
            Optional<SourceTable> table = manifest.source(source.source(), source.table(), identity.packageName());
            if (table.isPresent() && !table.get().config().enabled()) {
                if (identity.kind() == NodeKind.TEST) {
                    return Optional.empty();
                }
                problems.accept(new MillraceException(
                        ErrorCode.SOURCE_NOT_FOUND,
                        identity.id() + " depends on " + source + ", which is disabled",
                        source.position(),
                        "Enable the source, or remove the call.",
                        null));
            } else if (table.isPresent()) {
                nodes.add(table.get().identity().id());
            } else {
                NodeId id = new NodeId(NodeKind.SOURCE, identity.packageName(), source.source() + "." + source.table());
                undeclared.putIfAbsent(id, source);
                nodes.add(id);
            }
        }
        List<NodeId> all = new ArrayList<>(nodes);
        return Optional.of(new Dependencies(written.refs(), written.sources(), all, written.macros()));
    }

    private MillraceException unknown(RefArgs ref, Identity identity) {
        Optional<Resource> disabled = manifest.disabledRef(ref, identity.packageName(), root);
        if (disabled.isPresent()) {
            return new MillraceException(
                    ErrorCode.REF_NOT_FOUND,
                    identity.id() + " depends on " + ref + ", which is disabled",
                    ref.position(),
                    "Enable " + disabled.get().identity().display() + ", or remove the ref.",
                    null);
        }
        List<String> versions = manifest.versions(ref.name());
        if (ref.version() != null && !versions.isEmpty()) {
            return new MillraceException(
                    ErrorCode.REF_NOT_FOUND,
                    ref + " in " + identity.id() + " names a version that the model does not have",
                    ref.position(),
                    "Its versions are: " + String.join(", ", versions) + ".",
                    null);
        }
        return new MillraceException(
                ErrorCode.REF_NOT_FOUND,
                ref + " in " + identity.id() + " names no model, seed or snapshot",
                ref.position(),
                Suggestion.hint(ref.name(), manifest.referableNames()),
                null);
    }

    /** The sources that templates read and no file declares, with the first call of each. */
    Map<NodeId, SourceArgs> undeclared() {
        return undeclared;
    }
}
