package dev.millrace.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KilledBuildIT {
    private static final String ENDLESS = "select count(*) from range(100000000000000) where hash(range) = 1";

    @TempDir
    Path folder;

    private TestProject project;

    @BeforeEach
    void create() {
        project = new TestProject(folder);
    }

    /** Starts a build, waits until the model's statement has been sent, and kills the process. */
    private void killWhileBuilding(String model) {
        String sent = "target/run/mill/models/" + model + ".sql";
        folder.resolve(sent).toFile().delete();
        try (BuildProcess process = BuildProcess.start(folder)) {
            Instant end = Instant.now().plus(Duration.ofSeconds(60));
            while (!project.exists(sent)) {
                assertThat(process.alive()).as(() -> project.read("build.log")).isTrue();
                assertThat(Instant.now()).isBefore(end);
                LockSupport.parkNanos(5_000_000);
            }
        }
    }

    @Test
    void a_killed_table_leaves_the_old_one_and_the_next_build_goes_on() {
        project.model("flour", "{{ config(materialized='table') }} select 1 as n")
                .build()
                .succeeded();
        project.model("flour", "{{ config(materialized='table') }} " + ENDLESS);
        killWhileBuilding("flour");
        assertThat(project.rows("from flour")).containsExactly("[1]");
        project.model("flour", "{{ config(materialized='table') }} select 2 as n")
                .build()
                .succeeded();
        assertThat(project.rows("from flour")).containsExactly("[2]");
        assertThat(project.rows("select table_name from information_schema.tables"))
                .containsExactly("[flour]");
    }

    @Test
    void a_killed_change_from_view_to_table_leaves_the_view() {
        project.model("flour", "select 1 as n").build().succeeded();
        project.model("flour", "{{ config(materialized='table') }} " + ENDLESS);
        killWhileBuilding("flour");
        assertThat(project.kind("main", "flour")).isEqualTo("VIEW");
        assertThat(project.rows("select table_name from information_schema.tables"))
                .containsExactly("[flour]");
    }

    @Test
    void a_killed_increment_leaves_the_old_rows() {
        String config = "{{ config(materialized='incremental', unique_key='id', incremental_strategy='delete+insert'";
        String sql = ") }} select 1 as id, '{{ 'new' if is_incremental() else 'old' }}' as word";
        project.model("stock", config + sql).build().succeeded();
        project.model("stock", config + ", post_hook='" + ENDLESS + "'" + sql);
        killWhileBuilding("stock");
        assertThat(project.rows("from stock")).containsExactly("[1, old]");
        project.model("stock", config + sql).build().succeeded();
        assertThat(project.rows("from stock")).containsExactly("[1, new]");
    }
}
