package dev.millrace.cli.demo;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.testkit.TestkitException;
import dev.millrace.testkit.shop.ShopDatabase;
import dev.millrace.testkit.shop.TableChange;
import dev.millrace.testkit.shop.WebEvent;
import dev.millrace.testkit.shop.WebEvents;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** A demo that is ready to be built: its project is written, its servers run, its database is filled or has changed. */
public final class Demo implements AutoCloseable {
    private final DemoProject project;
    private final DemoServices services;
    private final double scale;
    /** The day whose web events are new; negative if there are none. */
    private int day = -1;

    private Demo(DemoProject project, DemoServices services, double scale) {
        this.project = project;
        this.services = services;
        this.scale = scale;
    }

    /** Writes the demo's project, if it is not there yet; starts nothing. */
    public static void write(Path dir) {
        var unused = DemoProject.in(dir);
    }

    /**
     * Gets the demo in {@code dir} ready. The first time its database is filled; after that a day passes in the shop.
     *
     * @param scale 1 for 200,000 orders; of effect the first time only
     * @param advance whether a day passes in a shop that is already filled
     * @param narrator hears what is being done, line by line
     * @throws MillraceException if the folder holds something else, or a server cannot be started
     */
    public static Demo prepare(Path dir, double scale, boolean advance, Consumer<String> narrator) {
        DemoProject project = DemoProject.in(dir);
        narrator.accept("The project is in " + dir + ".");
        DemoServices services;
        try {
            services = DemoServices.start(project.services());
        } catch (TestkitException e) {
            throw new MillraceException(
                    ErrorCode.SOURCE_FAILED,
                    "cannot start the demo's servers: " + e.getMessage(),
                    null,
                    "Their logs are in " + project.services() + ".",
                    e);
        }
        Demo demo = new Demo(project, services, scale);
        narrator.accept("PostgreSQL, the shop's database, runs on port "
                + services.database().port() + ".");
        narrator.accept("The shop's CRM speaks Salesforce's REST API at "
                + services.crm().url() + ".");
        try {
            demo.data(advance, narrator);
            return demo;
        } catch (SQLException | RuntimeException e) {
            demo.close();
            throw e instanceof MillraceException known
                    ? known
                    : new MillraceException(
                            ErrorCode.SOURCE_FAILED, "cannot fill the shop's database: " + e.getMessage(), e);
        }
    }

    public Path dir() {
        return project.dir();
    }

    /** The variables that the project needs in the environment; empty when the servers have their usual ports. */
    public Map<String, String> environment() {
        return services.environment();
    }

    /** How the shop's database can be looked into with psql. */
    public String psql() {
        return "PGPASSWORD=shop psql -h 127.0.0.1 -p " + services.database().port() + " -U shop shop";
    }

    /** What visitors did in the web site on the day that has just passed; empty if none has. */
    public List<WebEvent> webEvents() {
        return day < 0 ? List.of() : WebEvents.day(day, scale);
    }

    /** A connection to the shop's database. */
    public Connection connect() throws SQLException {
        return services.database().connect();
    }

    private void data(boolean advance, Consumer<String> narrator) throws SQLException {
        try (Connection connection = services.database().connect()) {
            if (!ShopDatabase.exists(connection)) {
                narrator.accept("Filling it with a shop's history …");
                Map<String, Long> rows = ShopDatabase.create(connection, scale);
                day = 0;
                narrator.accept("Filled it: " + counts(rows) + ".");
            } else if (advance) {
                day = ShopDatabase.nextRound(connection);
                List<TableChange> changes = ShopDatabase.change(connection, day);
                narrator.accept("A day has passed in the shop: " + changed(changes) + ".");
            }
        }
    }

    private static String counts(Map<String, Long> rows) {
        List<String> parts = new ArrayList<>();
        rows.forEach((table, count) -> parts.add(number(count) + " " + words(table)));
        return String.join(", ", parts);
    }

    private static String changed(List<TableChange> changes) {
        List<String> parts = new ArrayList<>();
        for (TableChange change : changes) {
            List<String> what = new ArrayList<>();
            if (change.inserted() > 0) {
                what.add(number(change.inserted()) + " new");
            }
            if (change.updated() > 0) {
                what.add(number(change.updated()) + " changed");
            }
            if (!what.isEmpty()) {
                parts.add(words(change.table()) + " " + String.join(" and ", what));
            }
        }
        return String.join(", ", parts);
    }

    private static String words(String table) {
        return table.replace('_', ' ');
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Stops the servers; their data stays for the next time. */
    @Override
    public void close() {
        services.close();
    }
}
