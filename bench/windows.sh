#!/bin/sh
# A Kafka topic landed in DuckDB, and counted by windows of five minutes there, against the same topic read and discarded:
# prints both rates and their ratio.
# Arguments: events (5000000), rounds (3), folder to keep the topic in (a temporary one).
set -eu
home="$(cd "$(dirname "$0")/.." && pwd)"
mvn="mvn -q -B -f $home/pom.xml ${MAVEN_ARGUMENTS:-}"
$mvn -pl bench ${BENCH_BUILD:--am} install -DskipTests -DskipITs
$mvn -pl bench dependency:build-classpath -DincludeScope=runtime -Dmdep.outputFile="$home/bench/target/classpath"
exec java -Xmx512m -XX:+UseParallelGC ${BENCH_JAVA:-} -Dmillrace.broker.lib="$home/broker/target/broker-lib" \
    -cp "$home/bench/target/classes:$(cat "$home/bench/target/classpath")" dev.millrace.bench.KafkaToDuckDb "${1:-5000000}" "${2:-3}" "${3:-$(mktemp -d)}" windows
