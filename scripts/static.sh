#!/bin/sh
# Checks what needs no running code: format, vet, lint, generated files.
set -eu
cd "$(dirname "$0")/.."

bad=$(find . \( -name node_modules -o -name '.?*' \) -prune -o -name '*.go' -print | xargs gofmt -l)
if [ -n "$bad" ]; then
  printf 'not in the form of gofmt:\n%s\n' "$bad" >&2
  exit 1
fi
go vet ./...
go tool -modfile=tools/go.mod staticcheck ./...

# Generated files are committed: making them again must change nothing.
kept=$(mktemp -d)
trap 'rm -rf "$kept"' EXIT
generated() {
  find . \( -name node_modules -o -name '.?*' \) -prune -o -name '*.go' -print |
    xargs grep -l -E '^// Code generated .* DO NOT EDIT\.$' || true
}
before=$(generated)
for f in $before; do
  mkdir -p "$kept/$(dirname "$f")"
  cp "$f" "$kept/$f"
done
go generate ./...
for f in $(generated); do
  if ! cmp -s "$f" "$kept/$f"; then
    echo "$f was not up to date: go generate ./... has made it anew" >&2
    stale=1
  fi
done
[ -z "${stale-}" ]
