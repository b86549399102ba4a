package dev.millrace.transform;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.transform.internal.change.UnifiedDiff;
import java.util.List;
import java.util.Optional;

/**
 * A node beside what it was when it was last built.
 *
 * @param reasons in what it differs; empty unless it has changed
 * @param breaking whether those who read it may notice; of a changed node only
 * @param sql how its query differs
 * @param brokenBy the nearest nodes upstream whose change may break it
 * @param exists whether its relation is in the warehouse; empty if it has none, or nobody could look
 * @param how a build would make it, in a few words; empty if it has nothing to do
 * @param before the SQL it was compiled to; empty if that is not known
 * @param now the SQL it compiles to
 * @param problem why it does not compile
 */
public record NodeChange(
        Node node,
        Kind kind,
        List<Reason> reasons,
        boolean breaking,
        SqlDifference sql,
        List<NodeId> brokenBy,
        Optional<Boolean> exists,
        String how,
        Optional<String> before,
        Optional<String> now,
        Optional<MillraceException> problem) {
    public NodeChange {
        reasons = List.copyOf(reasons);
        brokenBy = List.copyOf(brokenBy);
    }

    /** Whether there is a difference. */
    public enum Kind {
        ADDED,
        CHANGED,
        UNCHANGED
    }

    /**
     * One difference.
     *
     * @param detail such as the keys of the configuration; may be empty
     */
    public record Reason(Part part, String detail) {}

    /** What of a node can differ. */
    public enum Part {
        /** Its text. */
        BODY("body"),
        CONFIG("config"),
        /** A macro that it may reach. */
        MACRO("macro"),
        CONTRACT("contract"),
        /** Where it is written to. */
        RELATION("relation"),
        /** Where something it reads is written to. */
        UPSTREAM_RELATION("upstream relation"),
        SEED("seed contents"),
        /** What variables, the environment or the warehouse make of the same text. */
        COMPILED("compiled SQL");

        private final String text;

        Part(String text) {
            this.text = text;
        }

        /** As people read it. */
        public String text() {
            return text;
        }
    }

    /** The lines in which the compiled SQL differs, as {@code diff -u} writes them; empty if it does not. */
    public List<String> diff() {
        return now.isEmpty() || (kind == Kind.CHANGED && before.isEmpty())
                ? List.of()
                : UnifiedDiff.lines(before.orElse("").strip(), now.get().strip());
    }
}
