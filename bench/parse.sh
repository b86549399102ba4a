#!/usr/bin/env bash
# Reading a big generated dbt project, in whole processes: cold, unchanged, after a change of one model, and ls and compile of
# one model. With DBT naming a dbt executable, the same by it, and the ratios of CPU seconds and of wall times.
# Arguments: models (1740, which makes about 5,800 nodes), rounds (3). Needs GNU time.
set -euo pipefail
home="$(cd "$(dirname "$0")/.." && pwd)"
models="${1:-1740}"
rounds="${2:-3}"
project="$(mktemp -d)"
trap 'rm -rf "$project"' EXIT
export DBT_SEND_ANONYMOUS_USAGE_STATS=0

java "$home/bench/src/main/java/dev/millrace/bench/BigProject.java" "$project" "$models"
# The first call builds, and has the archive of classes made in the background.
"$home/millrace" parse --project-dir "$project"
export MILLRACE_NO_BUILD=1
until ls "$home"/cli/target/millrace/launch/*/classes.jsa >/dev/null 2>&1; do sleep 1; done

measured() {
    /usr/bin/time -o "$project/time" -f '%e %U %S %M' "$@" >/dev/null
    awk '{printf "%-7s %6.2f  %-7s %6.2f  %-8s %5d\n", "wall s", $1, "CPU s", $2 + $3, "peak MB", $4 / 1024}' "$project/time"
    awk '{print $1, $2 + $3}' "$project/time" >"$project/last"
}
ours() { measured "$home/millrace" "$@" --project-dir "$project"; }
ratio() { # $1 what theirs took, $2 what ours took
    paste -d ' ' "$1" "$2" | awk '{printf "    dbt / millrace: wall %.1f, CPU %.1f\n", $1 / $3, $2 / $4}'
}
one="$(cd "$project" && ls models/marts/area_0/*.sql | head -n 1)"
name="$(basename "$one" .sql)"
for ((round = 1; round <= rounds; round++)); do
    echo "round $round of $models models"
    printf '  %-22s' cold && ours parse --no-partial-parse && cp "$project/last" "$project/cold"
    # What was written in the moment of the parse is not trusted: from here on, nothing was.
    sleep 1 && "$home/millrace" parse --project-dir "$project" >/dev/null
    printf '  %-22s' unchanged && ours parse && cp "$project/last" "$project/warm"
    printf '  %-22s' ls && ours ls
    printf '  %-22s' "compile one" && ours compile --select "$name"
    echo "-- round $round" >>"$project/$one" && sleep 1
    printf '  %-22s' "one model changed" && ours parse && cp "$project/last" "$project/changed"
    if [ -n "${DBT:-}" ]; then
        dbt() { (cd "$project" && measured "$DBT" "$@" --profiles-dir . --target-path target-dbt); }
        printf '  %-22s' "dbt cold" && dbt parse --no-partial-parse && ratio "$project/last" "$project/cold"
        printf '  %-22s' "dbt unchanged" && dbt parse && ratio "$project/last" "$project/warm"
        echo "-- again $round" >>"$project/$one"
        printf '  %-22s' "dbt one changed" && dbt parse && ratio "$project/last" "$project/changed"
    fi
done
