# SPDX-License-Identifier: Apache-2.0
#
# For the scripts beside it: work is a directory for executables; measure runs one; endpoint is that of a collector
# that forgets everything. Set otel before.
work=$(mktemp -d)
export GOFLAGS='' GOWORK=off
for name in $(compgen -e OTEL || true); do unset "$name"; done
go build -C "$(dirname "${BASH_SOURCE[0]}")/requests" -o "$work/sink" ./sink
"$work/sink" >"$work/address" &
sink=$!
trap 'kill $sink; rm -rf "$work"' EXIT
until [ -s "$work/address" ]; do sleep 0.1; done
endpoint=$(cat "$work/address")

measure() { # NAME PROGRAM [VARIABLE…]
  local name=$1 program=$2
  shift 2
  env "$@" "$work/$program" | awk -v name="$name" 'BEGIN { FS = OFS = "\t" } { $1 = $1 OFS name; print }'
}
# measure_kinds PROGRAM…: with the SDK disabled, nothing sampled, everything recorded for no exporter, everything exported.
measure_kinds() {
  local kind name
  for kind in "$@"; do
    name=${kind//_/ }
    measure "$name, SDK disabled" "$kind" OTEL_SDK_DISABLED=true
    measure "$name, sampler always_off" "$kind" OTEL_TRACES_SAMPLER=always_off OTEL_EXPORTER_OTLP_ENDPOINT="$endpoint"
    measure "$name, recorded, no exporter" "$kind" OTEL_TRACES_EXPORTER=none OTEL_METRICS_EXPORTER=none
    measure "$name, exported over OTLP" "$kind" OTEL_EXPORTER_OTLP_ENDPOINT="$endpoint"
  done
}
# in_turns FUNCTION: a table of what it measures, called again and again, with "plain" first. Of times the shortest; beside it
# the median of what they are of plain's in the same round, which a machine that is busy now and then doesn't change.
in_turns() {
  local round
  printf '%-14s %-30s %9s %9s %9s %9s %12s\n' '' '' ns 'CPU ns' 'of plain' bytes allocations
  for round in {1..30}; do "$1"; done | awk -F'\t' '
    function median(of, name, n,    i, j, x, sorted) {
      for (i = 1; i <= n; i++) {
        x = of[name, i]
        for (j = i; j > 1 && sorted[j - 1] > x; j--) sorted[j] = sorted[j - 1]
        sorted[j] = x
      }
      return n % 2 ? sorted[(n + 1) / 2] : (sorted[n / 2] + sorted[n / 2 + 1]) / 2
    }
    { row = $1 FS $2 }
    $2 == "plain" { plain[$1] = $3 }
    !(row in ns) { order[++rows] = row; ns[row] = $3; cpu[row] = $4; bytes[row] = $5; allocations[row] = $6 }
    { ratio[row, ++rounds[row]] = $3 / plain[$1] }
    $3 < ns[row] { ns[row] = $3; bytes[row] = $5; allocations[row] = $6 }
    $4 < cpu[row] { cpu[row] = $4 }
    END { for (i = 1; i <= rows; i++) { row = order[i]; split(row, name, FS)
      printf "%-14s %-30s %9d %9d %9.2f %9d %12d\n", name[1], name[2], ns[row], cpu[row], median(ratio, row, rounds[row]),
        bytes[row], allocations[row] } }' |
    sort -s -r -k1,1
}
