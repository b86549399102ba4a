#!/usr/bin/env bash
# A typical incremental dbt model, rendered again and again: CPU time of a rendering and renderings a second, on one thread
# and on two, against the same text put together by hand. Arguments: renderings of a round (100000), rounds (3), threads (2).
set -euo pipefail
home="$(cd "$(dirname "$0")/.." && pwd)"
classpath="$(mktemp)"
trap 'rm -f "$classpath"' EXIT
mvn="mvn -q -B -f $home/pom.xml ${MAVEN_ARGUMENTS:-}"
$mvn -pl bench ${BENCH_BUILD:--am} install -DskipTests -DskipITs
$mvn -pl bench dependency:build-classpath -Dmdep.outputFile="$classpath"
java -Xmx512m ${BENCH_JAVA:-} -cp "$home/bench/target/classes:$(cat "$classpath")" dev.millrace.bench.ModelRendering "${1:-100000}" "${2:-3}" "${3:-2}"
