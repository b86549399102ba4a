package dev.millrace.server;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes a picture of every page of a {@link DevServer}, light and dark: its arguments are a folder and an address. */
final class Screenshots {
    private Screenshots() {}

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        String base = arguments[1];
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("home", "/");
        pages.put("graph", "/graph");
        pages.put("nodes", "/nodes");
        pages.put("node", "/nodes/model.shop.fct_orders");
        pages.put("code", "/nodes/model.shop.fct_orders?tab=code");
        pages.put("data", "/nodes/model.shop.fct_orders?tab=data");
        pages.put("checks", "/nodes/model.shop.fct_orders?tab=checks");
        pages.put("history", "/nodes/model.shop.fct_orders?tab=history");
        pages.put("runs", "/runs");
        pages.put("pipelines", "/pipelines");
        pages.put("pipeline", "/pipelines/nightly");
        pages.put("streams", "/streams");
        pages.put("quality", "/quality");
        pages.put("missing", "/nodes/model.shop.nothing");
        List<String> wanted = List.of(arguments).subList(2, arguments.length);
        try (Chromium chromium = Chromium.start()) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                try (BrowserContext context = chromium.browser()
                        .newContext(new Browser.NewContextOptions()
                                .setColorScheme(scheme)
                                .setViewportSize(1440, 900))) {
                    Page page = context.newPage();
                    page.onConsoleMessage(message -> System.out.println(page.url() + " " + message.text()));
                    String suffix = "-" + scheme.name().toLowerCase(java.util.Locale.ROOT) + ".png";
                    pages.forEach((name, path) -> {
                        if (wanted.isEmpty() || wanted.contains(name)) {
                            page.navigate(base + path);
                            page.waitForTimeout(400);
                            page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name + suffix)));
                        }
                    });
                    if (wanted.isEmpty() || wanted.contains("run")) {
                        page.navigate(base + "/runs");
                        page.locator("table.grid tbody a.strong").last().click();
                        page.waitForTimeout(1200);
                        page.screenshot(new Page.ScreenshotOptions()
                                .setPath(folder.resolve("run" + suffix))
                                .setFullPage(true));
                    }
                    if (wanted.isEmpty() || wanted.contains("brief")) {
                        page.navigate(base + "/graph");
                        page.locator("[data-node='model.shop.fct_orders']").click();
                        page.waitForTimeout(600);
                        page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve("brief" + suffix)));
                    }
                    if (wanted.isEmpty() || wanted.contains("query")) {
                        page.navigate(base + "/query");
                        page.locator("textarea")
                                .fill("select order_month, sum(revenue) as revenue\nfrom main.sales_by_month\n"
                                        + "group by 1\norder by 1");
                        page.keyboard().press("Control+Enter");
                        page.waitForSelector("#answer table");
                        page.waitForTimeout(300);
                        page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve("query" + suffix)));
                    }
                }
            }
        }
    }
}
