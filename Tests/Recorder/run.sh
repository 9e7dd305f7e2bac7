#!/bin/bash
# Records a small Erlang server and judges its log: as it is, and with one lie. The argument is the program.
set -euo pipefail
synscope=$(realpath "$1")
cd "$(dirname "$0")"
for tool in erl erlc; do
  command -v "$tool" >/dev/null || { echo "skipped: $tool is missing (Debian's erlang-base has it)"; exit 0; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
erlc -Werror -o "$folder" ../../Models/syn/real/recorder.erl lock.erl
erl -noshell -pa "$folder" -eval "lock:record([\"$folder/lock.ndjson\"])."

judge() { "$synscope" validate "$1" Lock.tla --json --quiet >"$folder/report.json"; }
code=0
judge "$folder/lock.ndjson" || code=$?
[[ $code == 0 ]] || { cat "$folder/report.json"; echo "the recorded log ends with $code, not 0"; exit 1; }

# Someone else than the first in the queue gets the lock.
line=$(grep -n '"event":"handle","client":"alice".*"kind":"release"' "$folder/lock.ndjson" | head -1 | cut -d: -f1)
end=$(awk -v from="$line" 'NR > from && /"event":"done"/ { print NR; exit }' "$folder/lock.ndjson")
sed "${end}s/\"holder\":\"bob\"/\"holder\":\"carol\"/" "$folder/lock.ndjson" >"$folder/lie.ndjson"
cmp -s "$folder/lock.ndjson" "$folder/lie.ndjson" && { echo "the lie changed nothing"; exit 1; }
code=0
judge "$folder/lie.ndjson" || code=$?
[[ $code == 1 ]] || { cat "$folder/report.json"; echo "the log with a lie ends with $code, not 1"; exit 1; }
grep -q "\"line\" *: *$line\b" "$folder/report.json" ||
  { cat "$folder/report.json"; echo "the lie of line $end was not found in the event at line $line"; exit 1; }
echo "the recorded log is a behavior of the model; the one with a lie departs at line $line"
