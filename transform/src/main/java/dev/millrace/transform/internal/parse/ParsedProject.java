package dev.millrace.transform.internal.parse;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.NodeId;
import dev.millrace.transform.internal.context.ProjectContext;
import dev.millrace.transform.internal.resource.Group;
import dev.millrace.transform.internal.resource.Manifest;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.resource.SourceArgs;
import dev.millrace.transform.internal.resource.UnitTest;
import java.util.List;
import java.util.Map;

/**
 * A dbt project, parsed.
 *
 * @param undeclared the sources that templates read and no file declares, with the first call of each
 * @param startHooks of on-run-start, in order
 * @param endHooks of on-run-end, in order
 * @param problems what is wrong with it
 * @param warnings what is strange but not wrong
 * @param parseId of the parse it came from, which a cache may repeat
 * @param origin what was read for it
 */
public record ParsedProject(
        ProjectContext context,
        Manifest manifest,
        Map<NodeId, SourceArgs> undeclared,
        List<UnitTest> unitTests,
        List<Group> groups,
        List<Resource> startHooks,
        List<Resource> endHooks,
        List<MillraceException> problems,
        List<MillraceException> warnings,
        String parseId,
        Origin origin) {
    /** What a parse reads. */
    public enum Origin {
        /** Every file. */
        FILES,
        /** The files that have changed, and those they concern. */
        CHANGED_FILES,
        /** Nothing but what the last parse came to. */
        CACHE
    }
}
