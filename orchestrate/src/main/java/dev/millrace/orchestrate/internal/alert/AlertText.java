package dev.millrace.orchestrate.internal.alert;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.orchestrate.NodeRun;
import dev.millrace.orchestrate.RunRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is said of a run that ended.
 *
 * @param occasion {@code on_failure}, {@code on_success} or {@code on_recovery}
 * @param failed nodes that failed, at most a few
 * @param link to the run's page, if there is one
 */
record AlertText(String project, String occasion, RunRecord run, List<NodeRun> failed, Optional<String> link) {
    private static final ObjectMapper JSON = new ObjectMapper();

    private String headline() {
        String pipeline = run.request().pipeline().orElse(run.request().command());
        String what = switch (occasion) {
            case "on_failure" -> "failed";
            case "on_recovery" -> "works again";
            default -> "succeeded";
        };
        return project + ": " + pipeline + " " + what;
    }

    /** A plain JSON object. */
    String webhook() {
        ObjectNode json = JSON.createObjectNode();
        json.put("event", occasion.substring("on_".length()));
        json.put("text", headline());
        json.put("project", project);
        run.request().pipeline().ifPresent(name -> json.put("pipeline", name));
        json.put("run_id", run.id());
        json.put("state", run.state().key());
        json.put("cause", run.request().cause().key());
        run.request().logicalDate().ifPresent(date -> json.put("logical_date", date.toString()));
        run.startedAt().ifPresent(at -> json.put("started_at", at.toString()));
        run.finishedAt().ifPresent(at -> json.put("finished_at", at.toString()));
        run.error().ifPresent(error -> json.put("error", error));
        ArrayNode nodes = json.putArray("failed_nodes");
        for (NodeRun node : failed) {
            nodes.addObject().put("id", node.nodeId()).put("message", node.message());
        }
        link.ifPresent(url -> json.put("url", url));
        return json.toString();
    }

    /** The payload of a Slack incoming webhook. */
    String slack() {
        StringBuilder text = new StringBuilder();
        text.append(run.state().key().equals("failed") ? ":red_circle: " : ":large_green_circle: ");
        text.append('*').append(escaped(headline())).append('*');
        run.request().logicalDate().ifPresent(date -> text.append(" for ").append(date));
        text.append("\nTook ").append(run.elapsed(Instant.EPOCH).toSeconds()).append(" s, started by ");
        text.append(run.request().cause().key()).append('.');
        run.error().ifPresent(error -> text.append("\n> ").append(escaped(error)));
        for (NodeRun node : failed) {
            String first = node.message().lines().findFirst().orElse("");
            text.append("\n• `").append(node.nodeId()).append("` ").append(escaped(first));
        }
        link.ifPresent(url -> text.append("\n<").append(url).append("|Open the run>"));
        ObjectNode json = JSON.createObjectNode();
        json.put("text", headline());
        json.putArray("blocks")
                .addObject()
                .put("type", "section")
                .putObject("text")
                .put("type", "mrkdwn")
                .put("text", text.toString());
        return json.toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
