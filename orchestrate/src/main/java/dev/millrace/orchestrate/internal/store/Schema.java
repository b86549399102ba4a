package dev.millrace.orchestrate.internal.store;

import java.util.List;

/**
 * The tables, as scripts that each lead from one version to the next. A script that was released is never changed.
 * Instants are microseconds since 1970.
 */
final class Schema {
    static final List<String> VERSIONS = List.of("""
            create table runs (
                number integer primary key autoincrement,
                id text not null unique,
                state text not null,
                cause text not null,
                pipeline text,
                interval_start integer,
                interval_end integer,
                request text not null,
                retry_of text,
                attempt integer not null default 0,
                max_active integer not null default 0,
                queued_at integer not null,
                started_at integer,
                finished_at integer,
                error text,
                counts text not null default '',
                total integer not null default 0,
                resumable integer not null,
                cancelling integer not null default 0,
                owner text,
                lease_until integer
            );
            create index runs_by_state on runs (state);
            create index runs_by_pipeline on runs (pipeline, number);
            create unique index runs_once_per_interval on runs (pipeline, interval_start, interval_end)
                where cause = 'schedule';
            create table node_runs (
                run_id text not null,
                node_id text not null,
                place integer not null,
                status text,
                started_at integer not null,
                finished_at integer,
                rows integer,
                failures integer,
                message text not null default '',
                attempts integer not null default 0,
                thread text not null default '',
                primary key (run_id, node_id)
            ) without rowid;
            create index node_runs_by_node on node_runs (node_id, started_at);
            create table events (
                sequence integer primary key autoincrement,
                run_id text not null,
                at integer not null,
                name text not null,
                json text not null
            );
            create index events_by_run on events (run_id, sequence);
            create table pipelines (
                name text primary key,
                paused integer not null default 0,
                scheduled_until integer
            ) without rowid;
            """);

    private Schema() {}
}
