#!/bin/sh
# Checks what needs no running code: format, vet, lint, generated files.
set -eu
cd "$(dirname "$0")/.."

kept=$(mktemp -d)
trap 'rm -rf "$kept"' EXIT

sources() { find . \( -name node_modules -o -name '.?*' \) -prune -o -name '*.go' -print; }
generated() { sources | xargs grep -l -E '^// Code generated .* DO NOT EDIT\.$' || true; }

bad=$(sources | xargs gofmt -l)
if [ -n "$bad" ]; then
  printf 'not in the form of gofmt:\n%s\n' "$bad" >&2
  exit 1
fi
go vet ./...

# Status 1 means that it has found something, be it in generated files.
status=0
go tool -modfile=tools/go.mod staticcheck ./... >"$kept/lint" || status=$?
generated | sed 's#^\./##; s#$#:#' >"$kept/names"
if grep -v -F -f "$kept/names" "$kept/lint" || [ "$status" -gt 1 ]; then
  echo "staticcheck: see above" >&2
  exit 1
fi

# Generated files are committed: making them again must change nothing.
generated | while IFS= read -r f; do
  mkdir -p "$kept/$(dirname "$f")"
  cp "$f" "$kept/$f"
done
go generate ./...
stale=
for f in $(generated); do
  if ! cmp -s "$f" "$kept/$f"; then
    echo "$f was not up to date: go generate ./... has made it anew" >&2
    stale=1
  fi
done
[ -z "$stale" ]
