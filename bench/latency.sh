#!/bin/sh
# How long after an event was sent a query finds it in the landed topic and in a streaming model: p50 and p95.
# Arguments: events per second (10000), seconds (30).
set -eu
home="$(cd "$(dirname "$0")/.." && pwd)"
mvn="mvn -q -B -f $home/pom.xml ${MAVEN_ARGUMENTS:-}"
$mvn -pl bench ${BENCH_BUILD:--am} install -DskipTests -DskipITs
$mvn -pl bench dependency:build-classpath -DincludeScope=runtime -Dmdep.outputFile="$home/bench/target/classpath"
exec java -Xmx512m ${BENCH_JAVA:-} -Dmillrace.broker.lib="$home/broker/target/broker-lib" \
    -cp "$home/bench/target/classes:$(cat "$home/bench/target/classpath")" dev.millrace.bench.EventLatency "$@"
