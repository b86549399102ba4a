package dev.millrace.cli.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.core.graph.NodeId;
import dev.millrace.transform.ChangePlan;
import dev.millrace.transform.NodeChange;
import dev.millrace.transform.NodeChange.Kind;
import java.util.Collection;
import java.util.Locale;

/** A plan for programs: one JSON object. docs/cli.md lists its fields. */
public final class PlanJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final boolean diff;

    /** @param diff whether to give the lines in which SQL differs */
    public PlanJson(boolean diff) {
        this.diff = diff;
    }

    /** The object, in several lines. */
    public String text(PlanView view) {
        ObjectNode json = JSON.createObjectNode();
        json.put("project", view.project());
        json.put("target", view.target());
        json.put("state", view.state().orElse(null));
        json.put("first", view.plan().first());
        ArrayNode nodes = json.putArray("nodes");
        view.nodes(change -> true).forEach(change -> nodes.add(node(view, change)));
        ArrayNode removed = json.putArray("removed");
        view.plan().removed().forEach(one -> removed.add(removed(one)));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON can be written", e);
        }
    }

    private ObjectNode node(PlanView view, NodeChange change) {
        ObjectNode json = JSON.createObjectNode();
        json.put("unique_id", change.node().id().toString());
        json.put("resource_type", change.node().kind().key());
        json.put("name", change.node().name());
        json.put("change", change.kind().name().toLowerCase(Locale.ROOT));
        ArrayNode reasons = json.putArray("reasons");
        change.reasons()
                .forEach(reason ->
                        reasons.addObject().put("part", reason.part().text()).put("detail", reason.detail()));
        json.put("breaking", change.breaking());
        ObjectNode columns = json.putObject("columns");
        texts(columns.putArray("added"), change.sql().added());
        texts(columns.putArray("removed"), change.sql().removed());
        texts(columns.putArray("changed"), change.sql().changed());
        texts(json.putArray("notes"), change.sql().notes());
        texts(json.putArray("broken_by"), ids(change.brokenBy()));
        if (change.kind() != Kind.UNCHANGED) {
            texts(
                    json.putArray("downstream"),
                    ids(view.graph().descendants(change.node().id(), Integer.MAX_VALUE)));
        }
        json.put("relation", change.node().relation().map(Object::toString).orElse(null));
        change.exists().ifPresentOrElse(exists -> json.put("exists", exists), () -> json.putNull("exists"));
        json.put("build", change.how());
        texts(
                json.putArray("reads"),
                change.node().reads().stream().map(Object::toString).toList());
        texts(
                json.putArray("sends"),
                change.node().sends().stream().map(Object::toString).toList());
        change.problem().ifPresent(problem -> json.put("problem", problem.text()));
        if (diff) {
            texts(json.putArray("diff"), change.diff());
        }
        return json;
    }

    private static ObjectNode removed(ChangePlan.Removed removed) {
        ObjectNode json = JSON.createObjectNode();
        json.put("unique_id", removed.id().toString());
        json.put("relation", removed.relation());
        removed.exists().ifPresentOrElse(exists -> json.put("exists", exists), () -> json.putNull("exists"));
        return json;
    }

    private static Collection<String> ids(Collection<NodeId> ids) {
        return ids.stream().map(NodeId::toString).toList();
    }

    private static void texts(ArrayNode array, Collection<String> texts) {
        texts.forEach(array::add);
    }
}
