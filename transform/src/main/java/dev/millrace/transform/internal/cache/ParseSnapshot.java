package dev.millrace.transform.internal.cache;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.NodeId;
import dev.millrace.transform.internal.macro.Macro;
import dev.millrace.transform.internal.resource.DocBlock;
import dev.millrace.transform.internal.resource.Exposure;
import dev.millrace.transform.internal.resource.Group;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.resource.SemanticNode;
import dev.millrace.transform.internal.resource.SourceArgs;
import dev.millrace.transform.internal.resource.SourceTable;
import dev.millrace.transform.internal.resource.UnitTest;
import java.util.List;
import java.util.Map;

/**
 * What a parse without problems came to.
 *
 * @param id of the parse, another for each
 * @param entries what each YAML file describes, by {@code patch_path}, in the order of the files; an entry begins with
 *     its section and a space
 * @param macros of the project and its packages by package and name
 * @param resources in the order they were found in
 * @param sources enabled and disabled ones
 * @param exposures the enabled ones
 * @param semantics the enabled ones
 */
public record ParseSnapshot(
        String id,
        Map<String, List<String>> entries,
        Map<String, Map<String, Macro>> macros,
        List<DocBlock> docs,
        List<Found> resources,
        List<SourceTable> sources,
        List<Exposure> exposures,
        List<SemanticNode> semantics,
        List<Group> groups,
        List<UnitTest> unitTests,
        Map<NodeId, SourceArgs> undeclared,
        List<Resource> startHooks,
        List<Resource> endHooks,
        List<MillraceException> warnings) {
    /**
     * A resource with its dependencies resolved.
     *
     * @param kept false for one that is disabled, itself or by what it reads
     */
    public record Found(Resource resource, boolean kept) {}
}
