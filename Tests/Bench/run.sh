#!/bin/bash
# Times the models of models.tsv: TLC, the node tree, the loop and machine code, each as a whole process. Every run must report the counts of
# the table. The argument is the program. In the environment:
#   TLC_JAR   a tla2tools.jar; without it TLC is not run
#   MODELS    names from the table, or patterns such as 'syn/*'; all if empty
#   PAIRS     how often the loop and machine code run; the fastest run counts (3). TLC and the node tree run TLC_PAIRS times (1)
#   WORKERS   the numbers of workers, one table each ("1 2")
#   CORPUS    a folder of other specifications. Their list (LIST, a file) has the columns module, cfg, exit, generated, distinct, depth, seconds,
#             deadlock ("n": none are looked for) and community ("y": needs modules that TLC does not have). Those that hold, need no such
#             modules and took TLC at least OVER seconds (4) are timed, too
#   CLOCK     "wall", or "cpu" for the time on all processors, which says more of one worker on a busy machine (wall)
#   LIMIT     the longest run, in seconds (900)
set -euo pipefail
export LC_ALL=C
synscope=$(realpath "$1")
pairs=${PAIRS:-3} tlc_pairs=${TLC_PAIRS:-1} workers=${WORKERS:-1 2} clock=${CLOCK:-wall} limit=${LIMIT:-900}
root=$(realpath "$(dirname "$0")/../..")
table="$root/Tests/Bench/models.tsv"
jar=
if [[ -n "${TLC_JAR:-}" ]]; then
  command -v java >/dev/null || { echo "TLC needs java" >&2; exit 1; }
  [[ -f "$TLC_JAR" ]] || { echo "there is no $TLC_JAR" >&2; exit 1; }
  jar=$(realpath "$TLC_JAR")
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# The rows to time, in one form: name, size, module, configuration, generated, distinct, depth, "n" for no search for deadlocks.
rows() {
  awk -F '\t' -v OFS='\t' -v root="$root" '!/^#/ { print $1, $2, root "/" $3, root "/" $4, $5, $6, $7, "" }' "$table"
  [[ -z "${CORPUS:-}" ]] || awk -F '\t' -v OFS='\t' -v corpus="$(realpath "$CORPUS")" -v over="${OVER:-4}" '
    /^#/ { next }
    !("module" in column) { for (i = 1; i <= NF; i++) column[$i] = i; next }
    $column["exit"] == 0 && $column["community"] != "y" && $column["seconds"] >= over {
      name = $column["cfg"]; sub(/.*\//, "", name); sub(/\.cfg$/, "", name)
      print name, "full", corpus "/" $column["module"], corpus "/" $column["cfg"], $column["generated"], $column["distinct"],
        $column["depth"], $column["deadlock"]
    }' "${LIST:-$CORPUS/list.tsv}"
}

# Whether a name is one of MODELS.
is_wanted() {
  local pattern
  [[ -n "${MODELS:-}" ]] || return 0
  for pattern in $MODELS; do
    # shellcheck disable=SC2053 # a pattern
    if [[ "$1" == $pattern ]]; then return 0; fi
  done
  return 1
}

# Sets `best` to the milliseconds of the fastest of so many runs, and `counts` to what the last one reported; "-" if a run failed.
fastest() {
  local runs=$1 status spent TIMEFORMAT='%3R %3U %3S'
  shift
  best=-
  for ((run = 0; run < runs; run++)); do
    : >"$folder/counts"
    status=0
    { time "$@" 2>&3 || status=$?; } 3>&2 2>"$folder/time"
    if ((status)); then best=- counts="ended with $status"; return; fi
    spent=$(awk -v clock="$clock" '{ printf "%d", 1000 * (clock == "cpu" ? $2 + $3 : $1) }' "$folder/time")
    if [[ $best == - ]] || ((spent < best)); then best=$spent; fi
  done
  counts=$(<"$folder/counts")
}

run_synscope() {
  local module=$1 cfg=$2 deadlock=$3
  shift 3
  [[ "$deadlock" != n ]] || set -- "$@" --no-deadlock
  timeout "$limit" "$synscope" check "$module" --config "$cfg" --json --quiet "$@" >"$folder/report.json" 2>"$folder/messages" || return
  sed -nE 's/^ *"(generated|distinct|depth)": ([0-9]+),$/\2/p' "$folder/report.json" | paste -sd ' ' >"$folder/counts"
}

# TLC writes beside the model and wants the configuration there, so that it gets a copy.
run_tlc() {
  local module=$1 cfg=$2 deadlock=$3 count=$4 name
  name=$(basename "$module" .tla)
  set -- -workers "$count" -metadir "$folder/states"
  [[ "$deadlock" != n ]] || set -- "$@" -deadlock
  rm -rf "$folder/states"
  (cd "$folder/copy" && timeout "$limit" java -XX:+UseParallelGC -cp "$jar" tlc2.TLC "$@" "$name.tla") >"$folder/tlc.out" 2>&1 || return
  sed -nE -e 's/^([0-9]+) states generated, ([0-9]+) distinct states found, 0 states left.*/\1 \2/p' \
    -e 's/^The depth of the complete state graph search is ([0-9]+)\.$/\1/p' "$folder/tlc.out" | paste -sd ' ' >"$folder/counts"
}

failures=0
# The counts are those of the table.
agree() {
  if [[ "$counts" == "$expected" ]]; then return; fi
  echo "$1 on $2: $counts instead of $expected (generated, distinct, depth)" >&2
  failures=$((failures + 1))
}

peak() { sed -nE 's/^ *"peakMemoryBytes": ([0-9]+),$/\1/p' "$folder/report.json"; }

# Times one row with so many workers: sets tlc, tree, loop, native (milliseconds) and memory (bytes).
time_row() {
  local count=$1
  tlc=-
  if [[ -n "$jar" ]]; then
    rm -rf "$folder/copy"
    cp -R "$(dirname "$module")" "$folder/copy"
    cp -f "$cfg" "$folder/copy/$(basename "$module" .tla).cfg"
    fastest "$tlc_pairs" run_tlc "$module" "$cfg" "$deadlock" "$count"
    agree TLC "$name ($size)"
    tlc=$best
  fi
  fastest "$tlc_pairs" run_synscope "$module" "$cfg" "$deadlock" --workers "$count" --no-flat
  agree "the node tree" "$name ($size)"
  tree=$best
  fastest "$pairs" run_synscope "$module" "$cfg" "$deadlock" --workers "$count" --no-native
  agree "the loop" "$name ($size)"
  loop=$best
  fastest "$pairs" run_synscope "$module" "$cfg" "$deadlock" --workers "$count"
  agree "machine code" "$name ($size)"
  native=$best
  memory=$(peak)
}

rows >"$folder/rows"
for count in $workers; do
  echo "$count $([[ $count == 1 ]] && echo worker || echo workers), milliseconds ($clock) of whole processes; the ratio is TLC's time to machine code's"
  printf '%-20s %7s %7s %7s %7s %6s %9s %8s %8s  %s\n' model TLC tree loop native ratio ns/state bytes kB 'smallest size: TLC, native, ratio'
  : >"$folder/ratios"
  small_tlc=- small_native=- small_memory=-
  while IFS=$'\t' read -r name size module cfg generated distinct depth deadlock; do
    if ! is_wanted "$name"; then continue; fi
    expected="$generated $distinct $depth"
    time_row "$count" </dev/null
    # The smallest size of a model stands before its full size.
    if [[ $size == small ]]; then
      small_tlc=$tlc small_native=$native small_memory=$memory
      continue
    fi
    printf '%s\t' "$name" "$tlc" "$tree" "$loop" "$native" "$generated" "$distinct" "$memory" "$small_tlc" "$small_native" "$small_memory" |
      awk -F '\t' -v ratios="$folder/ratios" '
        function ratio(a, b) { return a == "-" || b == "-" || b == 0 ? "-" : sprintf("%.1f", a / b) }
        {
          if (ratio($2, $5) != "-") print $2 / $5 >>ratios
          time = $5 == "-" ? "-" : sprintf("%.0f", $5 * 1e6 / $6)
          bytes = $11 == "-" ? "-" : sprintf("%.0f", ($8 - $11) / $7)
          printf "%-20s %7s %7s %7s %7s %6s %9s %8s %8d  ", $1, $2, $3, $4, $5, ratio($2, $5), time, bytes, $8 / 1024
          printf "%s %s %s\n", $9, $10, ratio($9, $10)
        }'
    small_tlc=- small_native=- small_memory=-
  done <"$folder/rows"
  awk 'NF { sum += log($1); count++ } END { if (count) printf "geometric mean of %d ratios: %.1f\n", count, exp(sum / count) }' "$folder/ratios"
done
echo "ns/state: for each generated state. bytes: for each distinct state, the peak memory less that of the smallest size. kB: the peak."
if [[ -z "$jar" ]]; then echo "(TLC was not run: make bench TLC_JAR=/path/to/tla2tools.jar)"; fi
((failures == 0)) || { echo "$failures runs did not report the counts of the table" >&2; exit 1; }
