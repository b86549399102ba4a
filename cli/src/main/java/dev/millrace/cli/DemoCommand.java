package dev.millrace.cli;

import dev.millrace.cli.console.Style;
import dev.millrace.cli.demo.Demo;
import dev.millrace.cli.demo.DemoEvents;
import dev.millrace.cli.demo.OpenShop;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.events.EventCollector;
import dev.millrace.testkit.shop.WebEvent;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the whole of Millrace on a shop of its own: a real PostgreSQL, a CRM, and the project between them. */
@Command(
        name = "demo",
        description =
                "Write a project, start a database and a CRM for it, and build it; again: only what changed moves.")
final class DemoCommand implements Callable<Integer> {
    private static final String DEFAULT_DIR = "shop";

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = DEFAULT_DIR,
            description = "The folder of the demo's project (default: shop).")
    private Path dir = Path.of(DEFAULT_DIR);

    @Option(
            names = "--scale",
            paramLabel = "N",
            defaultValue = "1",
            description = "How much data: 1 is 200,000 orders; may be a fraction. Of effect the first time only.")
    private double scale = 1;

    @Option(names = "--serve", description = "Build nothing; keep the database and the CRM running until Ctrl-C.")
    private boolean serve;

    @Option(names = "--live", description = "Then keep it all running, with pages to look at and a shop that is open.")
    private boolean live;

    private final Millrace millrace;

    DemoCommand(Millrace millrace) {
        this.millrace = millrace;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!(scale > 0) || scale > 100) {
            throw new MillraceException(
                    ErrorCode.USAGE,
                    "--scale must be between 0 and 100, but is " + scale,
                    null,
                    "Try --scale 0.1.",
                    null);
        }
        Surroundings surroundings = millrace.surroundings();
        PrintStream out = surroundings.out();
        Style style = millrace.settings().style();
        boolean quiet = millrace.settings().logFormat() == LogFormat.JSON
                || millrace.settings().quiet();
        Path folder = surroundings.resolve(dir);
        try (Demo demo = Demo.prepare(folder, scale, !serve, line -> {
            if (!quiet) {
                out.println(style.dim("demo  ") + line);
            }
        })) {
            if (serve) {
                return keepServing(demo, out, style);
            }
            return build(demo, quiet, line -> out.println(style.dim("demo  ") + line));
        } catch (SQLException e) {
            throw new MillraceException(ErrorCode.SOURCE_FAILED, "the shop's database fails: " + e.getMessage(), e);
        }
    }

    private int build(Demo demo, boolean quiet, Consumer<String> narrator) throws SQLException, InterruptedException {
        Surroundings own = millrace.surroundings();
        Millrace inner = new Millrace(own.withEnvironment(demo.environment()));
        inner.options.inherit(millrace.options);
        inner.options.projectDir = demo.dir();
        // Held open, so that the broker it starts stays for what follows.
        try (Workspace workspace = inner.open("build");
                EventCollector events = workspace
                        .events()
                        .collector(workspace.project(), Optional.of("web"))
                        .orElseThrow()) {
            List<WebEvent> news = demo.webEvents();
            if (!news.isEmpty()) {
                events.publish("events", DemoEvents.of(news));
                if (!quiet) {
                    narrator.accept(String.format(
                            Locale.ROOT, "A Kafka broker has %,d new events of the web site.", news.size()));
                }
            }
            int code = new Execution(inner, "build").run(new SelectionOptions());
            if (code != ExitCode.OK) {
                return code;
            }
            if (live) {
                try (OpenShop shop = OpenShop.open(demo, events, narrator)) {
                    return UpCommand.run(inner, Up.Options.DEFAULT);
                }
            }
            if (!quiet) {
                sayWhatIsNext(own.out(), millrace.settings().style());
            }
            return code;
        }
    }

    private int keepServing(Demo demo, PrintStream out, Style style) throws InterruptedException {
        out.println();
        demo.environment().forEach((name, value) -> out.println("  export " + name + "=" + value));
        out.println("  " + style.cyan("millrace build --project-dir " + shown()));
        out.println("  " + style.cyan(demo.psql()));
        out.println("Serving until Ctrl-C.");
        // The servers stop themselves when the process ends.
        new CountDownLatch(1).await();
        return ExitCode.OK;
    }

    private void sayWhatIsNext(PrintStream out, Style style) {
        String project = " --project-dir " + shown();
        String again = shown().equals(DEFAULT_DIR) ? "" : " --dir " + shown();
        String[][] commands = {
            {"millrace demo" + again, "a day passes in the shop, and only what changed moves"},
            {"millrace demo --live" + again, "keep it all running, and watch it in the browser"},
            {"millrace show -s sales_by_month" + project, "look into a model"},
            {"millrace lineage customer_value_to_crm" + project, "from a table of the shop to a field of the CRM"},
            {"millrace ls -s +customer_value" + project, "select nodes as in dbt"},
            {"millrace demo --serve" + again, "keep the servers up, to build and change things yourself"},
        };
        out.println();
        out.println("Try next:");
        int width = 0;
        for (String[] command : commands) {
            width = Math.max(width, command[0].length());
        }
        for (String[] command : commands) {
            out.println("  " + style.cyan(command[0]) + " ".repeat(width - command[0].length() + 2)
                    + style.dim(command[1]));
        }
    }

    private String shown() {
        Path folder = millrace.surroundings().resolve(dir);
        Path here = millrace.surroundings().workingDir();
        return (folder.startsWith(here) && !folder.equals(here) ? here.relativize(folder) : folder).toString();
    }
}
