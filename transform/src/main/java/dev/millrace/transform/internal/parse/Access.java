package dev.millrace.transform.internal.parse;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.transform.internal.project.DbtPackage;
import dev.millrace.transform.internal.resource.Config;
import dev.millrace.transform.internal.resource.Group;
import dev.millrace.transform.internal.resource.Identity;
import dev.millrace.transform.internal.resource.Manifest;
import dev.millrace.transform.internal.resource.RefArgs;
import dev.millrace.transform.internal.resource.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Groups, and who may refer to what (docs.getdbt.com/docs/mesh/govern/model-access). */
final class Access {
    private static final List<String> LEVELS = List.of("private", "protected", "public");

    private final Parsing parsing;
    private final Manifest manifest;

    Access(Parsing parsing, Manifest manifest) {
        this.parsing = parsing;
        this.manifest = manifest;
    }

    /** The {@code groups:} of all YAML files. */
    List<Group> groups() {
        List<Group> groups = new ArrayList<>();
        for (Patch patch : parsing.yaml().entries("groups")) {
            parsing.guard(() -> groups.add(group(patch)));
        }
        return groups;
    }

    private Group group(Patch patch) {
        YamlMap owner = patch.map()
                .map("owner")
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.CONFIG_MISSING,
                        "the group '" + patch.name() + "' has no owner",
                        patch.position(),
                        "Say who it is: owner: {name: …} or owner: {email: …}.",
                        null));
        Map<String, @Nullable Object> meta = patch.map()
                .map("config")
                .flatMap(config -> config.map("meta"))
                .map(YamlMap::toJava)
                .orElse(Map.of());
        String packageName = patch.file().owner().name();
        return new Group(
                packageName,
                patch.name(),
                patch.file().relative(),
                patch.file().original(),
                parsing.properties().description(patch.map(), packageName),
                owner.toJava(),
                meta);
    }

    /** Reports groups that do not exist, unknown levels of access, and refs that are not allowed. */
    void check(List<Group> groups) {
        List<String> names = groups.stream().map(Group::name).toList();
        for (Resource resource : manifest.resources().values()) {
            parsing.guard(() -> checkGroup(resource, names));
            parsing.guard(() -> checkLevel(resource));
            if (resource.kind() != NodeKind.OPERATION) {
                resource.dependencies().refs().forEach(ref -> parsing.guard(() -> checkRef(resource, ref)));
            }
        }
    }

    private static void checkGroup(Resource resource, List<String> names) {
        String group = resource.config().text("group");
        if (group != null && !names.contains(group)) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    resource.id() + " is in the group '" + group + "', which does not exist",
                    resource.identity().position(),
                    Suggestion.closest(group, names)
                            .map(near -> "Did you mean '" + near + "'?")
                            .orElse("Define it in a YAML file: groups: [{name: " + group + ", owner: {name: …}}]."),
                    null);
        }
    }

    private static void checkLevel(Resource resource) {
        String access = resource.config().text("access");
        if (resource.kind() == NodeKind.MODEL && access != null && !LEVELS.contains(access)) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "the access of " + resource.id() + " must be private, protected or public, but is '" + access + "'",
                    resource.identity().position(),
                    Suggestion.hint(access, LEVELS),
                    null);
        }
    }

    private void checkRef(Resource from, RefArgs ref) {
        Identity identity = from.identity();
        Optional<Resource> found =
                manifest.ref(ref, identity.packageName(), parsing.project().name());
        if (found.isEmpty()
                || found.get().kind() != NodeKind.MODEL
                || tests(from, found.get().id())) {
            return;
        }
        Resource target = found.get();
        Config config = target.config();
        boolean otherPackage = !target.packageName().equals(from.packageName());
        boolean restricted = otherPackage && restricts(target.identity().owner());
        String access = config.text("access", "protected");
        String group = config.text("group");
        if (access.equals("private")
                && (group == null || !Objects.equals(from.config().text("group"), group) || restricted)) {
            throw denied(
                    from + " refers to " + target + ", which is private to "
                            + (group == null ? "no group" : "the group '" + group + "'"),
                    ref,
                    "Put both in one group, or give the model the access protected.");
        }
        if (access.equals("protected") && restricted) {
            throw denied(
                    from + " refers to " + target + ", which is protected in the package " + target.packageName(),
                    ref,
                    "Refer to a public model of the package.");
        }
    }

    /** Whether {@code from} is a generic test that belongs to the model. */
    private static boolean tests(Resource from, NodeId model) {
        return from.test() != null && model.equals(from.test().attachedNode());
    }

    private static boolean restricts(DbtPackage owner) {
        return owner.file().bool("restrict-access").orElse(false);
    }

    private static MillraceException denied(String message, RefArgs ref, String hint) {
        return new MillraceException(ErrorCode.ACCESS_DENIED, message, ref.position(), hint, null);
    }
}
