#!/usr/bin/env bash
# 'millrace --version' against a bare 'java' that prints one line: medians of whole processes, and their ratio.
# Argument: rounds (15).
set -euo pipefail
home="$(cd "$(dirname "$0")/.." && pwd)"
rounds="${1:-15}"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
printf 'class Hello { public static void main(String[] a) { System.out.println("hello"); } }\n' >"$folder/Hello.java"
javac -d "$folder" "$folder/Hello.java"
"$home/millrace" --version >/dev/null
export MILLRACE_NO_BUILD=1

median() {
    local begin end
    for ((i = 0; i < rounds; i++)); do
        begin=$(date +%s%N)
        "$@" >/dev/null
        end=$(date +%s%N)
        echo $(((end - begin) / 1000000))
    done | sort -n | sed -n "$(((rounds + 1) / 2))p"
}
bare=$(median java -cp "$folder" Hello)
ours=$(median "$home/millrace" --version)
echo "bare java $bare ms, millrace --version $ours ms, ratio $(awk "BEGIN {printf \"%.1f\", $ours / $bare}")"
