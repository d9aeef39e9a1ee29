#!/bin/sh
# Builds the pages into web/dist, if their sources have changed since.
#
#   scripts/web.sh [--fresh | --modules]
#     --fresh     only say, by the exit status, whether there is nothing to do
#     --modules   only install the packages, for the tests of the pages
set -eu
cd "$(dirname "$0")/../web"
stamps=../.local/stamps
node_major=20

say() { echo "pages: $*" >&2; }

sums() {
  if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi
}

# stamp FILE…: one sum of the named files, read from standard input.
stamp() { sort | while IFS= read -r f; do sums "$f"; done | sums | cut -d' ' -f1; }

same() { [ "$(cat "$stamps/$1" 2>/dev/null)" = "$2" ]; }

sources() {
  find . \( -name node_modules -o -name dist -o -name e2e \) -prune -o -type f ! -name '*.go' ! -name '*.test.*' -print
}

[ -f package.json ] || exit 0
packages=$(printf '%s\n' package.json package-lock.json | stamp)
pages=$(sources | stamp)

has_modules() { [ -d node_modules ] && same packages "$packages"; }
has_pages() { [ -f dist/chat/index.html ] && same pages "$pages"; }

case ${1-} in
  --fresh) has_pages; exit ;;
  --modules) ! has_modules || exit 0 ;;
  *) ! has_pages || exit 0 ;;
esac

major=$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/' || true)
if [ "${major:-0}" -lt $node_major ] || ! command -v npm >/dev/null; then
  say "Node.js $node_major or newer with npm is not installed, so they are not built: a page that says so is served in their place"
  exit 0
fi
mkdir -p "$stamps"
if ! has_modules; then
  say "installing packages (npm ci)"
  npm ci --no-audit --no-fund --loglevel=error
  echo "$packages" >"$stamps/packages"
fi
[ "${1-}" != --modules ] || exit 0
say "building"
npm run --silent build
echo "$pages" >"$stamps/pages"
