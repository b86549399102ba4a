#!/usr/bin/env bash
# 'millrace build' of many view models against a bare JDBC loop over the same statements: whole processes, alternating rounds.
# Arguments: models (500), rounds (5).
set -euo pipefail
home="$(cd "$(dirname "$0")/.." && pwd)"
models="${1:-500}"
rounds="${2:-5}"
project="$(mktemp -d)"
trap 'rm -rf "$project"' EXIT

mkdir "$project/models"
printf 'name: views\nprofile: views\n' >"$project/dbt_project.yml"
printf 'views: {target: dev, outputs: {dev: {type: duckdb, path: w.duckdb, database: w}}}\n' >"$project/profiles.yml"
for ((i = 0; i < models; i++)); do
    printf "{{ config(materialized='view') }}\nselect %d as id, 'n%d' as name\n" "$i" "$i" >"$project/models/m$i.sql"
done
"$home/millrace" build --project-dir "$project" >/dev/null
export MILLRACE_NO_BUILD=1
(cd "$home" && mvn -q -B -pl bench -am install -DskipTests -DskipITs && mvn -q -B -pl bench dependency:build-classpath -Dmdep.outputFile="$project/classpath")
statements="$(ls -d "$project"/target/run/views/models)"

seconds() {
    local TIMEFORMAT='%R %U %S'
    { time "$@" >/dev/null; } 2>&1 | tail -n 1
}
echo "$models views: wall, user and system seconds; ratio of wall times"
for ((round = 1; round <= rounds; round++)); do
    rm -f "$project"/*.duckdb*
    read -r ours ours_user ours_system <<<"$(seconds "$home/millrace" build --project-dir "$project")"
    rm -f "$project"/*.duckdb*
    read -r bare bare_user bare_system <<<"$(seconds java -cp "$home/bench/target/classes:$(cat "$project/classpath")" \
        dev.millrace.bench.StatementLoop "$project/w.duckdb" "$statements")"
    echo "round $round: millrace $ours $ours_user $ours_system   bare $bare $bare_user $bare_system   ratio $(awk "BEGIN {printf \"%.2f\", $ours / $bare}")"
done
