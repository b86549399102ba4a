package dev.millrace.orchestrate.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.Position;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.StepResult;
import dev.millrace.orchestrate.RunFilter;
import dev.millrace.orchestrate.RunRecord;
import dev.millrace.orchestrate.RunState;
import dev.millrace.orchestrate.TestClock;
import dev.millrace.orchestrate.TestProject;
import dev.millrace.orchestrate.internal.config.PipelineCatalog;
import dev.millrace.orchestrate.internal.store.Database;
import dev.millrace.orchestrate.internal.store.QueueTable;
import dev.millrace.orchestrate.internal.store.RunTables;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchedulerTest {
    @TempDir
    private Path folder;

    private final TestClock clock = new TestClock("2026-05-01T10:30:00Z");
    private final List<Node> nodes = new ArrayList<>();
    private String yaml = "pipelines: []\n";
    private Database database;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("runs.db"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void an_interval_is_due_when_it_is_over() {
        yaml = "pipelines: [{name: p, select: x, schedule: '@hourly'}]\n";

        assertThat(tick()).isEmpty();
        clock.set("2026-05-01T10:59:59Z");
        assertThat(tick()).isEmpty();
        clock.set("2026-05-01T11:00:00Z");
        assertThat(tick()).containsExactly("2026-05-01T10:00:00Z/2026-05-01T11:00:00Z");
        assertThat(tick()).isEmpty();
    }

    @Test
    void without_catchup_only_the_last_interval_runs_after_a_downtime() {
        yaml = "pipelines: [{name: p, select: x, schedule: '@hourly'}]\n";
        tick();

        clock.set("2026-05-02T08:20:00Z");

        assertThat(tick()).containsExactly("2026-05-02T07:00:00Z/2026-05-02T08:00:00Z");
        assertThat(tick()).isEmpty();
    }

    @Test
    void with_catchup_every_interval_since_the_start_runs_one_after_the_other() {
        yaml = """
                pipelines:
                  - {name: p, select: x, schedule: '@daily', start_date: 2026-04-28, end_date: 2026-04-30, catchup: true}
                """;

        assertThat(tick()).containsExactly("2026-04-28T00:00:00Z/2026-04-29T00:00:00Z");
        assertThat(tick()).as("one at a time").isEmpty();
        finish();
        assertThat(tick()).containsExactly("2026-04-29T00:00:00Z/2026-04-30T00:00:00Z");
        finish();
        assertThat(tick()).as("past the end date").isEmpty();
    }

    @Test
    void a_start_date_in_the_past_without_catchup_runs_the_last_interval_at_once() {
        yaml = "pipelines: [{name: p, select: x, schedule: '@daily', start_date: 2021-01-01, catchup: false}]\n";

        assertThat(tick()).containsExactly("2026-04-30T00:00:00Z/2026-05-01T00:00:00Z");
    }

    @Test
    void a_pipeline_whose_run_is_still_under_way_waits_and_then_takes_only_the_last() {
        yaml = "pipelines: [{name: p, select: x, schedule: '@hourly'}]\n";
        tick();
        clock.set("2026-05-01T11:00:00Z");
        tick();

        clock.set("2026-05-01T14:10:00Z");
        assertThat(tick()).isEmpty();
        finish();

        assertThat(tick()).containsExactly("2026-05-01T13:00:00Z/2026-05-01T14:00:00Z");
    }

    @Test
    void a_daily_run_keeps_its_hour_in_its_zone_through_the_shift_of_the_clock() {
        clock.set("2026-10-24T03:00:00Z");
        yaml = "pipelines: [{name: p, select: x, schedule: {cron: '0 6 * * *', timezone: Europe/Amsterdam}}]\n";
        tick();

        clock.set("2026-10-24T04:00:00Z");
        assertThat(tick()).containsExactly("2026-10-23T04:00:00Z/2026-10-24T04:00:00Z");
        finish();
        clock.set("2026-10-25T04:30:00Z");
        assertThat(tick()).isEmpty();
        clock.set("2026-10-25T05:00:00Z");
        assertThat(tick()).containsExactly("2026-10-24T04:00:00Z/2026-10-25T05:00:00Z");
    }

    @Test
    void a_schedule_of_once_runs_one_time_and_a_continuous_one_again_and_again() {
        yaml = "pipelines: [{name: o, select: x, schedule: '@once'}, {name: c, select: x, schedule: '@continuous'}]\n";
        assertThat(tick()).hasSize(2);
        finish();

        assertThat(tick()).isEmpty();
        clock.go(Duration.ofSeconds(5));

        assertThat(tick()).containsExactly("2026-05-01T10:30:00Z/2026-05-01T10:30:05Z");
    }

    @Test
    void the_streams_of_a_connection_are_one_implied_pipeline() {
        for (String stream : List.of("orders", "customers")) {
            nodes.add(Node.builder(
                            new NodeId(NodeKind.CONNECTION, "shop", "postgres." + stream),
                            new Position("connections.yml", 2, 5))
                    .config(Map.of("schedule", Map.of("cron", "@hourly", "downstream", true)))
                    .attributes(Map.of("connection", "postgres"))
                    .step(context -> StepResult.success(""))
                    .build());
        }
        tick();
        clock.set("2026-05-01T11:00:00Z");

        assertThat(tick()).hasSize(1);
        assertThat(catalog().all()).singleElement().satisfies(pipeline -> {
            assertThat(pipeline.name()).isEqualTo("connection:postgres");
            assertThat(pipeline.steps().get(0).work().text()).isEqualTo("connection:postgres+");
        });
    }

    private PipelineCatalog catalog() {
        return PipelineCatalog.read(new TestProject(folder).pipelines(yaml).load(), nodes);
    }

    /** The intervals of what was queued. */
    private List<String> tick() {
        RunTables tables = new RunTables(database);
        PipelineCatalog catalog = catalog();
        List<String> known =
                tables.recent(RunFilter.newest(100)).stream().map(RunRecord::id).toList();
        StoredRuns runs = new StoredRuns(tables, new RunSignals() {}, new Observers(), () -> catalog, clock);
        new Scheduler(() -> catalog, runs, tables).tick(clock.instant());
        List<String> queued = new ArrayList<>(tables.recent(RunFilter.newest(100)).stream()
                .filter(run -> !known.contains(run.id()))
                .map(run -> run.request().interval().orElseThrow())
                .map(interval -> interval.start() + "/" + interval.end())
                .toList());
        Collections.reverse(queued);
        return queued;
    }

    private void finish() {
        QueueTable queue = new QueueTable(database);
        Instant now = clock.instant();
        for (Optional<RunRecord> run = queue.claim("me", Optional.empty(), now, now);
                run.isPresent();
                run = queue.claim("me", Optional.empty(), now, now)) {
            queue.finish(run.get().id(), "me", RunState.SUCCEEDED, null, now);
        }
    }
}
