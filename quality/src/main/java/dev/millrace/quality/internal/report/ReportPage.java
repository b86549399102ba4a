package dev.millrace.quality.internal.report;

import dev.millrace.quality.internal.json.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The results of a run as one page that needs nothing else: relations, checks in plain words, counts, examples,
 * history.
 */
public final class ReportPage {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final String project;
    private final List<CheckResult> results;
    private final Map<String, List<History.Past>> past;
    private final String trouble;
    private final Instant now;
    private final StringBuilder html = new StringBuilder();

    /**
     * @param past newest first, by the id of a check's node; holds this run too
     * @param trouble why the results could not be kept; empty if they were
     */
    public ReportPage(
            String project,
            List<CheckResult> results,
            Map<String, List<History.Past>> past,
            String trouble,
            Instant now) {
        this.project = project;
        this.results = results;
        this.past = past;
        this.trouble = trouble;
        this.now = now;
    }

    public String html() {
        long met = results.stream().filter(CheckResult::success).count();
        html.append("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\"")
                .append(" content=\"width=device-width,initial-scale=1\"><title>Quality of ")
                .append(escape(project))
                .append("</title><style>")
                .append(ReportStyle.CSS)
                .append("</style><header><h1>Quality of ")
                .append(escape(project))
                .append("</h1><p class=\"sum\"><b>")
                .append(met)
                .append(" of ")
                .append(results.size())
                .append("</b> checks met ")
                .append(bar(met, results.size()))
                .append("<span class=\"quiet\">")
                .append(TIME.format(now))
                .append("</span></p>");
        if (!trouble.isEmpty()) {
            html.append("<p class=\"trouble\">The results could not be kept in the warehouse: ")
                    .append(escape(trouble))
                    .append("</p>");
        }
        html.append("</header><main>");
        Map<String, List<CheckResult>> relations = new TreeMap<>();
        results.forEach(one -> relations
                .computeIfAbsent(one.relation(), name -> new ArrayList<>())
                .add(one));
        relations.forEach(this::relation);
        return html.append("</main></html>\n").toString();
    }

    private void relation(String name, List<CheckResult> checks) {
        long met = checks.stream().filter(CheckResult::success).count();
        html.append("<section><h2>")
                .append(escape(name.isEmpty() ? "no relation" : name))
                .append(" <small>")
                .append(met)
                .append(" of ")
                .append(checks.size())
                .append(
                        " met</small></h2><table><thead><tr><th>Status<th>Expected<th>Rows<th>Unexpected<th>History<th>Of")
                .append("</tr></thead><tbody>");
        checks.stream().filter(one -> !one.success()).forEach(this::check);
        checks.stream().filter(CheckResult::success).forEach(this::check);
        html.append("</tbody></table></section>");
    }

    private void check(CheckResult one) {
        html.append("<tr class=\"")
                .append(one.status())
                .append("\"><td><span class=\"tag\">")
                .append(escape(word(one.status())))
                .append("</span><td>")
                .append(escape(one.words()));
        if (!one.notes().isEmpty()) {
            html.append("<div class=\"quiet\">").append(escape(one.notes())).append("</div>");
        }
        if (!one.success()) {
            html.append("<div class=\"found\">").append(escape(one.message())).append("</div>");
        }
        examples(one);
        html.append("<td class=\"n\">")
                .append(count(one.count("element_count")))
                .append("<td class=\"n\">")
                .append(count(one.count("unexpected_count")))
                .append("<td>");
        history(one.nodeId());
        html.append("<td class=\"quiet\">")
                .append(escape(one.suite().isEmpty() ? "dbt test" : one.suite()))
                .append("</tr>");
    }

    private void examples(CheckResult one) {
        if (one.result().get("partial_unexpected_counts") instanceof List<?> counts && !counts.isEmpty()) {
            html.append("<details><summary>Unexpected values</summary><ul>");
            for (Object item : counts) {
                if (item instanceof Map<?, ?> count) {
                    html.append("<li><code>")
                            .append(escape(String.valueOf(count.get("value"))))
                            .append("</code> × ")
                            .append(escape(String.valueOf(count.get("count"))));
                }
            }
            html.append("</ul></details>");
        } else if (one.result().get("details") instanceof Map<?, ?> details && !one.success()) {
            html.append("<details><summary>Details</summary><pre>")
                    .append(escape(Json.pretty(details)))
                    .append("</pre></details>");
        }
    }

    /** One stroke for each run, the oldest first. */
    private void history(String node) {
        List<History.Past> runs = past.getOrDefault(node, List.of());
        html.append("<span class=\"runs\">");
        for (int i = runs.size() - 1; i >= 0; i--) {
            History.Past run = runs.get(i);
            html.append("<i class=\"")
                    .append(escape(run.status()))
                    .append("\" title=\"")
                    .append(TIME.format(run.started()))
                    .append(": ")
                    .append(escape(word(run.status())))
                    .append(run.unexpected() == null ? "" : ", " + run.unexpected() + " unexpected")
                    .append("\"></i>");
        }
        html.append("</span>");
    }

    private static String bar(long met, int all) {
        return "<meter min=\"0\" max=\"" + all + "\" value=\"" + met + "\"></meter> ";
    }

    private static String count(@Nullable Long number) {
        return number == null ? "" : String.format(Locale.ROOT, "%,d", number);
    }

    private static String word(String status) {
        return switch (status) {
            case "pass", "success" -> "met";
            case "fail" -> "not met";
            case "warn" -> "warning";
            default -> status;
        };
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
