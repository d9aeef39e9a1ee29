#!/bin/sh
# Builds bin/tanxu with the web pages inside.
#
#   scripts/build.sh [--pages-optional]   a failed build of the pages is a warning
set -eu
cd "$(dirname "$0")/.."

optional=
[ "${1-}" = --pages-optional ] && optional=1

# While npm fetches and packs, the other core compiles what the pages do not touch.
warm=
if [ -d cmd/tanxu ] && ! scripts/web.sh --fresh; then
  go build -o .local/warm ./cmd/tanxu >/dev/null 2>&1 &
  warm=$!
  mkdir -p .local
fi
if ! scripts/web.sh; then
  [ -n "$optional" ] || { [ -z "$warm" ] || wait "$warm" || true; exit 1; }
  echo "pages: not built (see above): a page that says so is served in their place" >&2
fi
[ -z "$warm" ] || wait "$warm" || true # its errors come again below
rm -f .local/warm

version=$(git describe --tags --always --dirty 2>/dev/null || echo dev)
commit=$(git rev-parse --short HEAD 2>/dev/null || true)
go build -ldflags "-X main.version=$version -X main.commit=$commit" -o bin/tanxu ./cmd/tanxu
