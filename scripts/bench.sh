#!/bin/sh
# Runs the benchmarks and writes bench/latest.json.
#
#   BENCH=REGEXP scripts/bench.sh    only those; COUNT=3 repeats each
set -eu
cd "$(dirname "$0")/.."
mkdir -p bench .local

go build -o .local/benchreport ./internal/benchreport
go run ./internal/devpg/cmd/pgrun -test -- \
  go test -run '^$' -bench "${BENCH:-.}" -benchtime "${BENCHTIME:-1s}" -count "${COUNT:-1}" -timeout 2h ./... >.local/bench.txt ||
  { cat .local/bench.txt; exit 1; }
: >.local/bench.jsonl
if ./bin/tanxu bench --help >/dev/null 2>&1; then
  go run ./internal/devpg/cmd/pgrun -test -- ./bin/tanxu bench --json >.local/bench.jsonl
fi
.local/benchreport -out bench/latest.json -commit "$(git rev-parse --short HEAD 2>/dev/null || echo unknown)" .local/bench.txt .local/bench.jsonl
