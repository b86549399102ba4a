#!/usr/bin/env bash
# 'millrace build' of a generated project of views, two tests for each, against a bare JDBC loop over the same statements: whole
# processes, alternating rounds. With DBT naming a dbt executable, its build of the same project once.
# Arguments: models (1000), rounds (3). Needs GNU time.
set -euo pipefail
home="$(cd "$(dirname "$0")/.." && pwd)"
models="${1:-1000}"
rounds="${2:-3}"
project="$(mktemp -d)"
trap 'rm -rf "$project"' EXIT
export DBT_SEND_ANONYMOUS_USAGE_STATS=0

java "$home/bench/src/main/java/dev/millrace/bench/BigProject.java" "$project" "$models"
"$home/millrace" parse --project-dir "$project"
export MILLRACE_NO_BUILD=1
until ls "$home"/cli/target/millrace/launch/*/classes.jsa >/dev/null 2>&1; do sleep 1; done
# The class path that the launcher uses, where DuckDB's library is unpacked already: for the loop, too.
classpath="$(cat "$home"/cli/target/millrace/launch/*/classpath)"
mkdir "$project/classes"
javac -cp "$classpath" -d "$project/classes" "$home"/bench/src/main/java/dev/millrace/bench/Statement*.java
bare() { java -XX:-UsePerfData -cp "$project/classes:$classpath" "dev.millrace.bench.$1" "${@:2}"; }
bare StatementLoop "$project/empty.duckdb" "$project/raw.sql"
fresh() { rm -f "$project"/big.duckdb* && cp "$project/empty.duckdb" "$project/big.duckdb"; }

measured() {
    /usr/bin/time -o "$project/time" -f '%e %U %S %M' "$@" >/dev/null
    awk '{printf "wall s %6.2f  CPU s %6.2f  peak MB %5d\n", $1, $2 + $3, $4 / 1024}' "$project/time"
    awk '{print $1, $2 + $3}' "$project/time" >"$project/last"
}
ratio() {
    paste -d ' ' "$1" "$2" | awk -v name="$3" '{printf "    %s: wall %.2f, CPU %.2f\n", name, $1 / $3, $2 / $4}'
}
fresh
"$home/millrace" build --project-dir "$project" | tail -n 1
bare StatementOrder "$project/target" "$project/statements"
echo "$(wc -l <"$project/statements") statements"
for ((round = 1; round <= rounds; round++)); do
    fresh
    printf 'round %s  millrace  ' "$round" && measured "$home/millrace" build --project-dir "$project"
    cp "$project/last" "$project/ours"
    fresh
    printf 'round %s  bare loop ' "$round" && measured java -XX:-UsePerfData -cp "$project/classes:$classpath" \
        dev.millrace.bench.StatementLoop "$project/big.duckdb" "$project/statements"
    ratio "$project/ours" "$project/last" "millrace / bare loop"
done
if [ -n "${DBT:-}" ]; then
    fresh
    cd "$project"
    printf 'dbt                ' && measured "$DBT" build --profiles-dir . --target-path target-dbt
    ratio "$project/last" "$project/ours" "dbt / millrace"
fi
