#!/bin/sh
# Runs everything. Each part runs even if one before has failed; the last line
# counts the tests of all parts.
set -eu
cd "$(dirname "$0")/.."

reports=$PWD/.local/reports
rm -rf "$reports"
mkdir -p "$reports"
go build -o .local/testreport ./internal/testreport
failed=
part() { echo "== $*" >&2; }

part web pages
scripts/build.sh || failed="$failed build"
if ! scripts/fetch-model.sh .local/models; then failed="$failed model"; fi

part format, vet, lint, generated files
scripts/static.sh || failed="$failed static"

# The race detector where goroutines meet; it costs five times the work.
where='^tanxu/(jobs|postgres|bot|api|interview)(/|$)'
race=$(go list ./... | grep -E "$where" | tr '\n' ' ')
plain=$(go list ./... | grep -v -E "$where" | tr '\n' ' ')

part Go tests
go run ./internal/devpg/cmd/pgrun -test -- sh -c "
  { go test -json -count=1 -timeout 15m -race $race; go test -json -count=1 -timeout 15m $plain; } 2>&1
" >"$reports/go.json" || true # the report finds the failures
.local/testreport -go "$reports/go.json" -part || failed="$failed go"

# vitest SCRIPT REPORT: a suite of the pages.
vitest() {
  (cd web && npm run --silent "$1" -- --reporter=default --reporter=json --outputFile.json="$2")
}

if [ -d web/node_modules ] || { scripts/web.sh --modules && [ -d web/node_modules ]; }; then
  part tests of the pages
  vitest test "$reports/web.json" || failed="$failed web"
  part browser tests
  if scripts/browser.sh; then
    go run ./internal/devpg/cmd/pgrun -test -- sh -c "
      cd web && npm run --silent e2e -- --reporter=default --reporter=json --outputFile.json='$reports/e2e.json'
    " || failed="$failed e2e"
  elif [ "${CI-}" = true ]; then
    failed="$failed browser"
  fi
else
  echo "the pages are not tested: there is no Node.js" >&2
  [ "${CI-}" != true ] || failed="$failed node"
fi

[ -z "$failed" ] || echo "failed:$failed" >&2
.local/testreport -go "$reports/go.json" "$reports/web.json" "$reports/e2e.json" && [ -z "$failed" ]
