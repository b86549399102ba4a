package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.millrace.cli.Terminal.Said;
import dev.millrace.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program on a disk that is really full. */
class DiskFullIT {
    private static final int SMALL_MEGABYTES = 16;
    private static final int LARGE_MEGABYTES = 512;

    @TempDir
    private Path folder;

    private SmallDisk disk;
    private SmallProject project;

    @BeforeEach
    void mountDisk() throws IOException {
        Optional<SmallDisk> mounted = SmallDisk.mount(folder.resolve("disk"), SMALL_MEGABYTES);
        assumeThat(mounted).as("this user may mount in a namespace").isPresent();
        disk = mounted.orElseThrow();
        project = SmallProject.in(folder).file("profiles.yml", """
                library:
                  target: dev
                  outputs:
                    dev: {type: duckdb, path: disk/library.duckdb, schema: main, threads: 2}
                """);
    }

    @AfterEach
    void unmountDisk() {
        if (disk != null) {
            disk.close();
        }
    }

    @Test
    void a_model_that_fills_the_disk_says_so_and_succeeds_once_there_is_room() throws IOException {
        project.model("loans", """
                        {{ config(materialized='table') }}
                        select range as id, md5(range::varchar) as hash from range({{ var('loans', 1000) }})
                        """)
                .model("report", "select count(*) || '/' || count(distinct hash) as n from {{ ref('loans') }}");
        succeeds(disk.run(folder, "build"));

        Said full = disk.run(folder, "build", "--vars", "{loans: 2000000}");

        assertDiskFull(full, "model loans");
        assertThat(report()).contains("1000/1000");

        disk.enlarge(LARGE_MEGABYTES);
        Said again = disk.run(folder, "build", "--vars", "{loans: 2000000}");

        succeeds(again);
        assertThat(report()).contains("2000000/2000000");
    }

    @Test
    void a_load_that_fills_the_disk_goes_on_where_it_was_once_there_is_room() throws IOException, SQLException {
        try (PostgresServer server = PostgresServer.builder().start();
                Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table loan (id bigint primary key, hash text not null)");
            statement.execute("insert into loan select n, md5(n::text) from generate_series(1, 1000) n");
            ingested(server);
            succeeds(disk.run(folder, "build"));
            statement.execute("insert into loan select n, md5(n::text) from generate_series(1001, 1000000) n");

            Said full = disk.run(folder, "build");

            assertDiskFull(full, "connection loan");
            assertThat(report()).contains("1000/1000");

            disk.enlarge(LARGE_MEGABYTES);
            Said again = disk.run(folder, "build");

            succeeds(again);
            assertThat(report()).contains("1000000/1000000");
        }
    }

    private void ingested(PostgresServer server) throws IOException {
        project.file("millrace.yml", """
                        sources:
                          branch:
                            type: postgres
                            host: 127.0.0.1
                            port: %d
                            user: %s
                            password: %s
                            database: %s
                        """.formatted(server.port(), server.user(), server.password(), server.database()))
                .file("connections.yml", """
                        connections:
                          - name: branch_to_lake
                            source: branch
                            destination: library
                            schema: raw
                            streams:
                              - name: loan
                                sync_mode: incremental
                                cursor_field: id
                                destination_sync_mode: append
                        """)
                .file(
                        "models/sources.yml",
                        "sources:\n  - name: branch\n    schema: raw\n    tables:\n      - name: loan\n")
                .model(
                        "report",
                        "select count(*) || '/' || count(distinct id) as n from {{ source('branch', 'loan') }}");
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
