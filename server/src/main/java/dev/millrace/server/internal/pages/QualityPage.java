package dev.millrace.server.internal.pages;

import dev.millrace.orchestrate.NodeRun;
import dev.millrace.server.Platform;
import dev.millrace.server.internal.data.Check;
import dev.millrace.server.internal.data.Checks;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The checks: how many hold, which do not, and since when. */
public final class QualityPage {
    private static final int HISTORY = 14;
    /** A history is one look into the run store each; with very many checks the page does without. */
    private static final int MOST_HISTORIES = 300;

    private final Platform platform;
    private final Pages pages;
    private final Checks checks;
    private final Clock clock;

    public QualityPage(Platform platform, Pages pages, Checks checks, Clock clock) {
        this.platform = platform;
        this.pages = pages;
        this.checks = checks;
        this.clock = clock;
    }

    /**
     * A check with its past, oldest first.
     *
     * @param history its runs, where the quality layer keeps no results of it
     * @param finding what it found last
     * @param tone of its last result
     */
    public record Row(Check check, List<NodeRun> history, CheckFinding finding, String tone) {}

    /** The checks of one relation. */
    public record Group(String title, String nodeId, List<Row> rows, long failing) {}

    public void serve(Context ctx) {
        String show = Optional.ofNullable(ctx.queryParam("show")).orElse("");
        List<Check> all = checks.all();
        Map<String, List<Row>> groups = new LinkedHashMap<>();
        Map<String, Integer> tones = new HashMap<>();
        for (Check check : all) {
            String tone = tone(check);
            tones.merge(tone, 1, Integer::sum);
            if (show.isEmpty() || show.equals(tone)) {
                String on = check.on().map(node -> node.id().toString()).orElse("");
                groups.computeIfAbsent(on, id -> new ArrayList<>())
                        .add(new Row(check, history(check, all.size()), CheckFinding.of(check), tone));
            }
        }
        Map<String, Object> model = new HashMap<>();
        model.put("groups", groups(groups));
        model.put("tones", tones);
        model.put("total", all.size());
        model.put("show", show);
        model.put("now", clock.instant());
        pages.page(ctx, "quality.jte", "Quality", "quality", model);
    }

    private static String tone(Check check) {
        String status = Ui.status(check.last());
        return status.equals("never run") || status.equals("skipped") ? "off" : Ui.tone(status);
    }

    private List<NodeRun> history(Check check, int all) {
        if (all > MOST_HISTORIES || !check.past().isEmpty()) {
            return List.of();
        }
        List<NodeRun> history =
                new ArrayList<>(platform.runs().history(check.node().id().toString(), HISTORY));
        Collections.reverse(history);
        return history;
    }

    /** Those with something wrong come first. */
    private static List<Group> groups(Map<String, List<Row>> byNode) {
        List<Group> groups = new ArrayList<>();
        byNode.forEach((id, rows) -> {
            List<Row> sorted = new ArrayList<>(rows);
            sorted.sort(java.util.Comparator.comparingInt(row -> rank(row.tone())));
            long failing = rows.stream().filter(row -> row.tone().equals("bad")).count();
            String title = rows.get(0).check().on().map(node -> node.name()).orElse("Project");
            groups.add(new Group(title, id, sorted, failing));
        });
        groups.sort(java.util.Comparator.comparing((Group group) -> -group.failing())
                .thenComparing(Group::title));
        return groups;
    }

    private static int rank(String tone) {
        return switch (tone) {
            case "bad" -> 0;
            case "warn" -> 1;
            case "run" -> 2;
            case "ok" -> 3;
            default -> 4;
        };
    }
}
