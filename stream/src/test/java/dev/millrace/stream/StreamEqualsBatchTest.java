package dev.millrace.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.graph.ContinuousStep;
import dev.millrace.delta.DeltaTable;
import dev.millrace.warehouse.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A streaming model holds what its query gives over the raw rows, less the (row, window) pairs that are recorded as
 * late; without a watermark, exactly what it gives.
 */
final class StreamEqualsBatchTest {
    static final List<String> MODELS = List.of(
            "added_tumble",
            "added_hop",
            "added_uneven",
            "anew_tumble",
            "anew_hop",
            "anew_uneven",
            "added_kept",
            "anew_kept");

    static final String TUMBLE = "tumble(source('raw', 'events'), 'ts', '10 minutes')";
    /** Of windows whose size is no multiple of their slide. */
    static final String UNEVEN = "hop(source('raw', 'events'), 'ts', '40 minutes', '1 hour')";

    static final String HOP = "hop(source('raw', 'events'), 'ts', '20 minutes', '1 hour')";
    static final String ADDED =
            "select window_start, window_end, kind, count(*) as n, count(amount) as amounts, sum(amount) as total, min(ts) as first, "
                    + "max(price) as top, sum(amount) filter (where amount > 0) as gain from {{ INPUT }} as e where id % 7 <> 3 group by all";
    static final String ANEW =
            "with e as (select * from {{ INPUT }} where id % 5 <> 3) select window_start, kind, count(distinct amount) as amounts, "
                    + "list(id order by id) as ids from e group by window_start, kind having count(*) > 1";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void over_random_events_it_equals_its_query_less_what_is_late(long seed) throws Exception {
        try (StreamProject project = project(folder)) {
            Random random = new Random(seed);
            RandomEvents events = new RandomEvents(seed);
            ContinuousStep.Flow[] flows = new ContinuousStep.Flow[MODELS.size()];
            try (Session session = project.session()) {
                for (int batch = 0; batch < 18; batch++) {
                    events.land(session, batch);
                    for (int i = 0; i < MODELS.size(); i++) {
                        if (random.nextInt(3) == 0) {
                            continue;
                        }
                        if (flows[i] == null) {
                            flows[i] = project.open(MODELS.get(i));
                        }
                        flows[i].next(Duration.ZERO);
                        if (random.nextInt(6) == 0) {
                            flows[i].close();
                            flows[i] = null;
                        }
                    }
                }
            } finally {
                for (ContinuousStep.Flow flow : flows) {
                    if (flow != null) {
                        flow.close();
                    }
                }
            }
            project.build("added_tumble");
            assertEqualsBatch(project);
            assertDelta(project, folder);
            assertThat(project.number("select count(*) from _millrace.late_events"))
                    .isPositive();
        }
    }

    static StreamProject project(Path folder) {
        StreamProject project = new StreamProject(folder).sql(StreamProject.EVENTS);
        String dropping = "{{ config(materialized='streaming', watermark='30 minutes') }}\n";
        project.model("added_tumble", dropping + ADDED.replace("INPUT", TUMBLE));
        project.model("added_hop", inDelta(dropping, "added_hop") + ADDED.replace("INPUT", HOP));
        project.model("anew_tumble", inDelta(dropping, "anew_tumble") + ANEW.replace("INPUT", TUMBLE));
        project.model("added_uneven", dropping + ADDED.replace("INPUT", UNEVEN));
        project.model("anew_uneven", dropping + ANEW.replace("INPUT", UNEVEN));
        project.model("anew_hop", dropping + ANEW.replace("INPUT", HOP));
        project.model("added_kept", "{{ config(materialized='streaming') }}\n" + ADDED.replace("INPUT", HOP));
        project.model("anew_kept", "{{ config(materialized='streaming') }}\n" + ANEW.replace("INPUT", TUMBLE));
        return project;
    }

    private static String inDelta(String config, String name) {
        return config.replace(") }}", ", format='delta', location='lake/" + name + "', delta_interval='100 ms') }}");
    }

    /** What stands in Delta is what stands in the warehouse. */
    static void assertDelta(StreamProject project, Path folder) {
        for (String model : new String[] {"added_hop", "anew_tumble"}) {
            try (Session session = project.session()) {
                String delta = DeltaTable.at(folder.resolve("lake/" + model)).sql(session);
                assertThat(session.query("from " + delta + " except all from main." + model)
                                .rows())
                        .as(model + " has rows too many in Delta")
                        .isEmpty();
                assertThat(session.query("from main." + model + " except all from " + delta)
                                .rows())
                        .as(model + " lacks rows in Delta")
                        .isEmpty();
            }
        }
    }

    static void assertEqualsBatch(StreamProject project) {
        for (String window : new String[] {"tumble", "hop", "uneven"}) {
            assertSame(project, "added_" + window, ADDED.replace("{{ INPUT }}", onTime("added_" + window, window)));
            assertSame(project, "anew_" + window, ANEW.replace("{{ INPUT }}", onTime("anew_" + window, window)));
        }
        assertSame(project, "added_kept", ADDED.replace("{{ INPUT }}", windows("hop")));
        assertSame(project, "anew_kept", ANEW.replace("{{ INPUT }}", windows("tumble")));
    }

    /** The windows of all rows, made in another way than the model's. */
    private static String windows(String kind) {
        String slide = switch (kind) {
            case "hop" -> "20 minutes";
            case "uneven" -> "40 minutes";
            default -> "10 minutes";
        };
        String size = kind.equals("tumble") ? "10 minutes" : "60 minutes";
        String last = "time_bucket(interval '" + slide + "', ts)";
        return "(select *, window_start + interval '" + size + "' as window_end from (select *, unnest(generate_series("
                + last + ", " + last + " - interval '" + size + "', - interval '" + slide
                + "')) as window_start from raw.events where ts is not null) where window_start > ts - interval '"
                + size + "')";
    }

    private static String onTime(String model, String kind) {
        return "(select * from " + windows(kind)
                + " w where not exists (select 1 from _millrace.late_events l where l.node = 'model.mill." + model
                + "' and l.\"offset\" = w._millrace_offset and l.window_start = w.window_start))";
    }

    private static void assertSame(StreamProject project, String model, String query) {
        assertThat(project.rows("select * from main." + model + " except all (" + query + ")"))
                .as(model + " has rows too many")
                .isEmpty();
        assertThat(project.rows("(" + query + ") except all select * from main." + model))
                .as(model + " lacks rows")
                .isEmpty();
        assertThat(project.number("select count(*) from main." + model)).isPositive();
    }
}
