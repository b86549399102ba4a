#!/usr/bin/env bash
# Twelve expectations of a table of 10 million rows against the same questions asked by hand. Arguments: rows (10000000), rounds (7).
set -euo pipefail
home="$(cd "$(dirname "$0")/.." && pwd)"
classpath="$(mktemp)"
trap 'rm -f "$classpath"' EXIT
(cd "$home" && mvn -q -B -pl bench -am install -DskipTests -DskipITs && mvn -q -B -pl bench dependency:build-classpath -Dmdep.outputFile="$classpath")
java -cp "$home/bench/target/classes:$(cat "$classpath")" dev.millrace.bench.ChecksByHand "${1:-10000000}" "${2:-7}"
