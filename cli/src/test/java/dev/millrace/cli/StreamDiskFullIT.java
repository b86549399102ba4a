package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.millrace.cli.Terminal.Said;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics and streaming models on a disk that is really full. */
class StreamDiskFullIT {
    private static final int SMALL_MEGABYTES = 16;
    private static final int LARGE_MEGABYTES = 512;
    private static final int FEW = 1_000;

    @TempDir
    private Path folder;

    private SmallDisk disk;
    private KafkaTopic topic;
    private SmallProject project;

    @BeforeEach
    void mountDisk() throws IOException {
        Optional<SmallDisk> mounted = SmallDisk.mount(folder.resolve("disk"), SMALL_MEGABYTES);
        assumeThat(mounted).as("this user may mount in a namespace").isPresent();
        disk = mounted.orElseThrow();
        topic = KafkaTopic.missing(folder.resolve("kafka")).create();
        project = SmallProject.in(folder).file("profiles.yml", """
                        library:
                          target: dev
                          outputs:
                            dev: {type: duckdb, path: disk/library.duckdb, schema: main, threads: 2}
                        """).file("millrace.yml", topic.source(""));
    }

    @AfterEach
    void unmountDisk() {
        if (topic != null) {
            topic.close();
        }
        if (disk != null) {
            disk.close();
        }
    }

    @Test
    void a_topic_that_fills_the_disk_lands_on_where_it_was_once_there_is_room() throws IOException {
        int all = 150_000;
        project.model(
                "report",
                "select count(*) || '/' || count(distinct id) || '/' || sum(id) as n from {{ source('raw', 'clicks') }}");
        topic.send(0, FEW, i -> click(i, 20));
        succeeds(disk.run(folder, "build"));
        topic.send(FEW, all, i -> click(i, 400));

        Said full = disk.run(folder, "build");

        assertDiskFull(full, "topic clicks");

        disk.enlarge(LARGE_MEGABYTES);
        succeeds(disk.run(folder, "build"));
        assertThat(report()).contains(all + "/" + all + "/" + (long) all * (all - 1) / 2);
    }

    @Test
    void a_streaming_model_that_fills_the_disk_goes_on_where_it_was_once_there_is_room() throws IOException {
        int all = 3_000;
        // Each message becomes a wide row, so that the model fills the disk and the topic does not.
        project.model("wide", """
                        {{ config(materialized='streaming') }}
                        select id, (select string_agg(md5(id || '-' || i), '') from range(400) r(i)) as filling
                        from {{ stream(source('raw', 'clicks')) }}
                        """)
                .model(
                        "report",
                        "select count(*) || '/' || count(distinct id) || '/' || sum(length(filling)) as n from {{ ref('wide') }}");
        topic.send(0, 100, i -> click(i, 20));
        succeeds(disk.run(folder, "build"));
        topic.send(100, all, i -> click(i, 20));

        Said full = disk.run(folder, "build");

        assertDiskFull(full, "model wide");
        assertThat(report()).contains("100/100/" + 100 * 400 * 32);

        disk.enlarge(LARGE_MEGABYTES);
        succeeds(disk.run(folder, "build"));
        assertThat(report()).contains(all + "/" + all + "/" + (long) all * 400 * 32);
    }

    /** A message of its number and of hexadecimal digits that do not pack well. */
    private static String click(int id, int digits) {
        StringBuilder text = new StringBuilder(digits);
        long state = id * 0x9E3779B97F4A7C15L + 1;
        while (text.length() < digits) {
            state ^= state << 13;
            state ^= state >>> 7;
            state ^= state << 17;
            text.append(Long.toHexString(state));
        }
        return "{\"id\": " + id + ", \"text\": \"" + text + "\"}";
    }

    private String report() throws IOException {
        return disk.run(folder, "show", "-s", "report").out();
    }

    private static void succeeds(Said said) {
        assertThat(said.code()).as(said.out() + said.err()).isZero();
    }

    private static void assertDiskFull(Said said, String node) {
        assertThat(said.code()).as(said.out()).isEqualTo(1);
        assertThat(said.out())
                .containsPattern("ERROR  " + node)
                .contains("error[DISK_FULL]")
                .contains("No space left on device")
                .contains("help: Free some space on the disk")
                .contains("SKIP   model report");
    }
}
