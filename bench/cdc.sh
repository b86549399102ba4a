#!/bin/sh
# How long a commit in PostgreSQL takes to be found by a query in the warehouse: p50 and p99.
# Arguments: commits per second (100), seconds (30), rows there before (100000).
set -eu
home="$(cd "$(dirname "$0")/.." && pwd)"
mvn="mvn -q -B -f $home/pom.xml ${MAVEN_ARGUMENTS:-}"
$mvn -pl bench ${BENCH_BUILD:--am} install -DskipTests -DskipITs
$mvn -pl bench dependency:build-classpath -DincludeScope=runtime -Dmdep.outputFile="$home/bench/target/classpath"
exec java -Xmx512m ${BENCH_JAVA:-} -cp "$home/bench/target/classes:$(cat "$home/bench/target/classpath")" \
    dev.millrace.bench.CdcLatency "$@"
