package dev.millrace.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused, where, before anything runs: no table of these projects exists. */
final class StreamQueryTest {
    private static final String FROM = "{{ tumble(source('raw', 'events'), 'ts', '5 minutes') }}";

    @TempDir
    Path folder;

    private StreamProject project;

    @BeforeEach
    void create() {
        project = new StreamProject(folder);
    }

    @AfterEach
    void close() {
        project.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        must group by window_start      | select kind, count(*) from EVENTS group by kind
        must group by window_start      | select count(*) from EVENTS
        must select window_start        | select count(*) from EVENTS group by window_start
        a limit changes                 | select window_start, count(*) from EVENTS group by 1 limit 3
        part of a union                 | select * from EVENTS union all select * from EVENTS
        within one window of time       | select window_start, row_number() over (order by ts) from EVENTS
        subquery of an expression       | select 1 where exists (select 1 from EVENTS)
        a full join                     | select window_start from dim full join EVENTS using (id)
        a left join                     | select window_start from dim left join EVENTS using (id)
        grouping sets                   | select window_start, kind, count(*) from EVENTS group by rollup (1, 2)
        distinct must include           | select distinct kind from EVENTS
        """)
    void a_query_that_cannot_be_kept_up_to_date_is_refused(String message, String query) {
        boolean union = query.contains("union");
        String sql = union
                ? query.replaceFirst("EVENTS", FROM).replace("EVENTS", "dim where 1 = 1")
                : query.replace("EVENTS", FROM);
        project.model("counts", "{{ config(materialized='streaming') }}\n\n" + sql);
        assertThatThrownBy(project::graph).isInstanceOfSatisfying(MillraceException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.STREAM_QUERY_UNSUPPORTED);
            assertThat(e.text()).contains(message);
            assertThat(e.position().orElseThrow().file()).isEqualTo("models/counts.sql");
            assertThat(e.hint()).isPresent();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        select window_start, count(*) from EVENTS group by all
        with e as (select * from EVENTS where id > 3), g as (select window_start, kind, count(*) as n from e group by 1, 2) select * from g where n > 1
        select window_start, kind, n from (select window_start, kind, count(*) as n from EVENTS group by 1, 2) qualify row_number() over (partition by window_start order by n desc) <= 3
        select window_start as window_start, sum(e.amount) from dim right join EVENTS as e using (id) where kind in (select kind from dim) group by window_start
        select distinct window_start, kind from EVENTS
        """)
    void a_query_over_windows_is_taken(String query) {
        project.model("counts", "{{ config(materialized='streaming') }}\n" + query.replace("EVENTS", FROM));
        assertThat(project.graph().nodes()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        2:18 | CONFIG_INVALID           | the size of a window cannot be '5 moments' | {{ config(materialized='streaming') }}%select * from {{ tumble(source('raw', 'e'), 'ts', '5 moments') }}
        2:18 | CONFIG_INVALID           | the slide of a window cannot be zero       | {{ config(materialized='streaming') }}%select * from {{ hop(source('raw', 'e'), 'ts', '0 s', '5 minutes') }}
        2:18 | STREAM_QUERY_UNSUPPORTED | session windows are not supported          | {{ config(materialized='streaming') }}%select * from {{ session(source('raw', 'e'), 'ts', '5 minutes') }}
        1:37 | CONFIG_INVALID           | watermark cannot be 'soon'                 | {{ config(materialized='streaming', watermark='soon') }}%select * from {{ stream(source('raw', 'e')) }}
        1:37 | CONFIG_INVALID           | late cannot be 'keep'                      | {{ config(materialized='streaming', late='keep') }}%select * from {{ stream(source('raw', 'e')) }}
        1:11 | STREAM_QUERY_UNSUPPORTED | a streaming model reads a stream           | {{ config(materialized='streaming') }}%select * from {{ source('raw', 'e') }}
        """)
    void a_mistake_is_found_at_its_place(String place, String code, String message, String file) {
        project.model("counts", file.replace('%', '\n'));
        assertThatThrownBy(project::graph).isInstanceOfSatisfying(MillraceException.class, e -> {
            assertThat(e.text()).isEqualTo(message);
            assertThat(e.code()).isEqualTo(ErrorCode.valueOf(code));
            assertThat(e.position().orElseThrow()).hasToString("models/counts.sql:" + place);
        });
    }
}
