# SPDX-License-Identifier: Apache-2.0
#
# For the scripts beside it: work is a folder for executables; measure runs one; endpoint is that of a collector
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
  env "$@" "$work/$program" | while IFS=$'\t' read -r side ns bytes allocations; do
    printf '%s\t%s\t%d\t%d\t%d\n' "$side" "$name" "$ns" "$bytes" "$allocations"
  done
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
# in_turns FUNCTION: a table of what it measures, called several times; of the times the shortest.
in_turns() {
  local round
  printf '%-14s %-34s %9s %9s %12s\n' '' '' ns bytes allocations
  for round in 1 2 3; do "$1"; done | awk -F'\t' '
    { row = $1 FS $2 }
    !(row in ns) { order[++rows] = row; ns[row] = $3; bytes[row] = $4; allocations[row] = $5 }
    $3 < ns[row] { ns[row] = $3 }
    END { for (i = 1; i <= rows; i++) { split(order[i], name, FS)
      printf "%-14s %-34s %9d %9d %12d\n", name[1], name[2], ns[order[i]], bytes[order[i]], allocations[order[i]] } }' |
    sort -s -r -k1,1
}
