package dev.millrace.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.millrace.orchestrate.RunRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The pages in a real browser. */
@Tag("browser")
@TestInstance(Lifecycle.PER_CLASS)
class PagesIT {
    private final List<String> complaints = new ArrayList<>();
    private SamplePlatform platform;
    private MillraceServer server;
    private Chromium chromium;
    private BrowserContext context;
    private Page page;

    @BeforeAll
    void start(@TempDir Path folder) {
        chromium = Chromium.start();
        platform = new SamplePlatform(folder).withStreams();
        server = MillraceServer.start(platform, ServerSettings.local(0), "test");
        String run = platform.runs()
                .submit(RunRequest.of("build", List.of("+tag:marts")))
                .id();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> platform.runs().find(run).orElseThrow().state().ended());
    }

    @AfterAll
    void stop() {
        server.close();
        platform.close();
        chromium.close();
    }

    @BeforeEach
    void open() {
        complaints.clear();
        context = chromium.browser().newContext();
        page = context.newPage();
        page.setDefaultTimeout(20_000);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void home_shows_what_failed() {
        go("/");

        assertThat(page.locator("#home-live")).containsText("Needs attention");
        assertThat(page.locator(".row-item").filter(new Locator.FilterOptions().setHasText("Run failed")))
                .containsText("1420 rows do not hold");
        assertThat(page.locator(".row-item")
                        .filter(new Locator.FilterOptions().setHasText("clicks_by_minute"))
                        .first())
                .containsText("the broker at 127.0.0.1:9092 went away");
        assertThat(complaints).isEmpty();
    }

    @Test
    void a_run_is_started_watched_and_cancelled() {
        go("/runs");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("New run"))
                .click();
        page.getByLabel("Select").fill("slow");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start run"))
                .click();

        page.waitForURL(Pattern.compile(".*/runs/.+"));
        assertThat(page.locator(".log")).containsText("waiting for the gate");
        assertThat(page.locator("[data-log-live]")).containsText("live");
        assertThat(page.locator(".timeline")).containsText("slow");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Cancel run"))
                .click();
        assertThat(page.locator(".facts .chip")).hasText("cancelled");
        assertThat(page.locator("[data-log-live]")).containsText("ended");
        assertThat(complaints).isEmpty();
    }

    @Test
    void a_page_follows_what_happens_without_being_loaded_again() {
        go("/runs");
        page.evaluate("() => { window.mine = 1; }");
        int before = page.locator("#runs-live tbody tr").count();

        platform.runs().submit(RunRequest.of("build", List.of("stg_products")));

        assertThat(page.locator("#runs-live tbody tr")).hasCount(before + 1);
        assertThat(page.evaluate("() => window.mine")).isEqualTo(1);
    }

    @Test
    void the_graph_is_selected_lit_and_looked_into() {
        go("/graph");
        assertThat(page.locator("[data-node='model.shop.fct_orders']")).isVisible();
        page.locator("[data-node='model.shop.stg_customers']").click();

        assertThat(page.locator("#brief")).containsText("customer_id");
        assertThat(page.locator("[data-node='model.shop.dim_customers']")).hasClass(Pattern.compile(".*near.*"));
        assertThat(page.locator("[data-node='model.shop.stg_products']")).not().hasClass(Pattern.compile(".*near.*"));

        page.locator(".select-box input").fill("+dim_customers");
        page.keyboard().press("Enter");
        page.waitForURL(Pattern.compile(".*select=.*"));
        assertThat(page.locator("[data-node]")).hasCount(4);

        page.locator(".select-box input").fill("nomethod:x");
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("nomethod");
        assertThat(complaints).isEmpty();
    }

    @Test
    void a_nodes_page_shows_code_rows_checks_and_history() {
        go("/nodes/model.shop.fct_orders");
        assertThat(page.locator("main")).containsText("One row per order");
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("code").setExact(true))
                .click();
        assertThat(page.locator("#code-raw")).containsText("{{ ref('stg_orders') }}");
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("data").setExact(true))
                .click();
        assertThat(page.locator("table.data tbody tr")).hasCount(50);
        page.locator(".tab", new Page.LocatorOptions().setHasText("checks")).click();
        assertThat(page.locator("tbody")).containsText("not_null_fct_orders_segment");
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("history").setExact(true))
                .click();
        assertThat(page.locator(".history-chart")).isVisible();
        assertThat(complaints).isEmpty();
    }

    @Test
    void a_query_is_answered_with_rows_and_a_chart() {
        go("/query");
        page.locator("textarea")
                .fill("select category, sum(revenue) as revenue from main.sales_by_month group by 1 order by 1");
        page.locator("textarea").press("Control+Enter");

        assertThat(page.locator("#answer table.data tbody tr")).hasCount(4);
        assertThat(page.locator("#answer svg.chart rect.column-mark")).hasCount(4);
        page.locator("select[name=chart]").selectOption("line");
        assertThat(page.locator("#answer svg.chart path.line")).hasCount(1);

        page.locator("textarea").fill("drop table main.fct_orders");
        page.locator("textarea").press("Control+Enter");
        assertThat(page.locator("#answer [role=alert]")).isVisible();
        assertThat(complaints).isEmpty();
    }

    @Test
    void streams_show_rows_and_lag() {
        go("/streams");

        Locator clicks = page.locator("tr").filter(new Locator.FilterOptions().setHasText("kafka.clicks"));
        assertThat(clicks).containsText("140");
        assertThat(clicks).containsText("0:18429");
        assertThat(complaints).isEmpty();
    }

    @Test
    void quality_shows_the_failing_check_first() {
        go("/quality");

        assertThat(page.locator("section.card").nth(1)).containsText("not_null_fct_orders_segment");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("failing")))
                .click();
        page.waitForURL(Pattern.compile(".*show=bad"));
        assertThat(page.locator("table.fixed > tbody > tr:not(.finding)")).hasCount(1);
        assertThat(complaints).isEmpty();
    }

    @Test
    void quality_shows_what_a_check_found_and_how_it_went_before() {
        platform.keep(
                "test.shop.not_null_fct_orders_segment",
                new long[] {0, 3, 12},
                "{\"element_count\": 1000, \"missing_count\": 4, \"unexpected_count\": 12, \"unexpected_percent\": 1.2,"
                        + " \"partial_unexpected_counts\": [{\"value\": \"<b>gold</b>\", \"count\": 11}, {\"value\": null, \"count\": 1}]}");
        go("/quality");

        Locator finding = page.locator("tr.finding");
        assertThat(finding).hasCount(1);
        assertThat(finding).containsText("12 of 1,000 rows unexpected (1.20 %), 4 missing");
        assertThat(finding.locator(".example").first()).containsText("<b>gold</b>× 11");
        assertThat(finding.locator("table.past tbody tr")).hasCount(3);
        assertThat(finding.locator("table.past tbody tr").first()).containsText("12");
        Locator squares = page.locator("tr")
                .filter(new Locator.FilterOptions().setHasText("not_null_fct_orders_segment"))
                .locator(".sq");
        assertThat(squares).hasCount(3);
        assertThat(squares.first()).hasClass("sq ok");
        assertThat(squares.last()).hasClass("sq bad");
        assertThat(complaints).isEmpty();
    }

    @Test
    void a_pipeline_is_paused_and_resumed() {
        go("/pipelines");
        Locator row = page.locator("tr").filter(new Locator.FilterOptions().setHasText("nightly"));
        row.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Pause"))
                .click();
        assertThat(row).containsText("paused");
        row.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Resume"))
                .click();
        assertThat(row).not().containsText("paused");
        assertThat(complaints).isEmpty();
    }

    @Test
    void the_theme_is_chosen_and_remembered() {
        go("/");
        Locator toggle = page.locator("[data-theme-toggle]");
        toggle.click();
        toggle.click();
        assertThat(toggle).containsText("dark");
        Object dark = page.evaluate("() => getComputedStyle(document.body).backgroundColor");

        go("/runs");

        assertThat(page.evaluate("() => getComputedStyle(document.body).backgroundColor"))
                .isEqualTo(dark);
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
    }

    private void go(String path) {
        page.navigate(server.uri() + path);
        assertThat(page.locator("html[data-ready=true]")).isAttached();
    }
}
