package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.millrace.cli.Terminal.Said;
import dev.millrace.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
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

    @Test
    void captured_changes_that_fill_the_disk_go_on_where_they_were_once_there_is_room()
            throws IOException, SQLException {
        try (PostgresServer server =
                        PostgresServer.builder().setting("wal_level", "logical").start();
                Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table loan (id bigint primary key, hash text not null)");
            statement.execute("insert into loan select n, md5(n::text) from generate_series(1, 250000) n");
            captured(server);

            Said first = disk.run(folder, "build");

            assertDiskFull(first, "cdc branch");
            assertThat(report()).as("nothing is half there").doesNotContain("/");

            disk.enlarge(2 * SMALL_MEGABYTES);
            succeeds(disk.run(folder, "build"));
            assertThat(report()).contains("250000/250000");
            statement.execute(
                    "insert into loan select n, repeat(md5(n::text), 8) from generate_series(250001, 400000) n");

            Said full = disk.run(folder, "build");

            assertDiskFull(full, "cdc branch");
            assertThat(report()).contains("250000/250000");

            disk.enlarge(LARGE_MEGABYTES);
            statement.execute("delete from loan where id <= 1000");
            succeeds(disk.run(folder, "build"));
            assertThat(report()).contains("399000/399000");
        }
    }

    @Test
    void a_sync_whose_state_fills_the_disk_ends_with_every_row_delivered_once_there_is_room()
            throws IOException, SQLException {
        try (PostgresServer server = PostgresServer.builder().start();
                Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table reader (id text primary key, name text)");
            destination(server, "destinations")
                    .model(
                            "reader",
                            "select repeat(md5(range::varchar), 3) as id, range::varchar as name"
                                    + " from range({{ var('readers', 1000) }})")
                    .file("syncs.yml", """
                            syncs:
                              - name: reader_to_desk
                                source: reader
                                destination: {service: branch, object: public.reader, key: id}
                                mapping: {id: id, name: name}
                            """);
            succeeds(disk.run(folder, "build"));

            Said full = disk.run(folder, "build", "--vars", "{readers: 200000}");

            assertThat(full.code()).as(full.out()).isEqualTo(1);
            assertThat(full.out())
                    .containsPattern("ERROR +sync +reader_to_desk")
                    .contains("error[DISK_FULL]");

            disk.enlarge(LARGE_MEGABYTES);
            succeeds(disk.run(folder, "build", "--vars", "{readers: 200000}"));
            try (ResultSet rows = statement.executeQuery(
                    "select count(*), count(*) filter (where id = repeat(md5(name), 3))" + " from reader")) {
                rows.next();
                assertThat(rows.getLong(1)).isEqualTo(200_000);
                assertThat(rows.getLong(2)).isEqualTo(200_000);
            }
            assertThat(disk.run(folder, "build", "--vars", "{readers: 200000}").out())
                    .contains("200,000 unchanged");
        }
    }

    private SmallProject destination(PostgresServer server, String list) throws IOException {
        return project.file("millrace.yml", """
                        %s:
                          branch:
                            type: postgres
                            host: 127.0.0.1
                            port: %d
                            user: %s
                            password: %s
                            database: %s
                        """.formatted(
                        list, server.port(), server.user(), server.password(), server.database()));
    }

    private void captured(PostgresServer server) throws IOException {
        destination(server, "sources")
                .file("cdc/branch.yml", """
                        connector.class: io.debezium.connector.postgresql.PostgresConnector
                        database.hostname: branch
                        table.include.list: public.loan
                        """)
                .model("report", "select count(*) || '/' || count(distinct id) as n from {{ source('raw', 'loan') }}");
    }

    private void ingested(PostgresServer server) throws IOException {
        destination(server, "sources")
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
                .containsPattern("ERROR +" + node.replace(" ", " +"))
                .contains("error[DISK_FULL]")
                .contains("No space left on device")
                .contains("help: Free some space on the disk")
                .contains("SKIP   model report");
    }
}
