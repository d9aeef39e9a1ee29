#!/bin/sh
# Sees to a browser and a Chinese font for the browser tests. Exit status 3: there
# is none and it cannot be installed here.
set -eu

missing=
found=
for b in chromium chromium-browser google-chrome; do
  if command -v $b >/dev/null; then found=$b; break; fi
done
[ -n "$found" ] || [ -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ] || missing="chromium"
if [ "$(uname -s)" = Linux ] && ! fc-list :lang=zh 2>/dev/null | grep -q .; then
  missing="$missing fonts-noto-cjk fontconfig"
fi
[ -n "$missing" ] || exit 0

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo "browser tests need:$missing; install them (Debian: apt-get install $missing), or run as root where apt is" >&2
  exit 3
fi
echo "browser tests: installing $missing" >&2
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { apt-get -qq update && apt-get -qq install -y --no-install-recommends $missing; } >"$log" 2>&1; then
  tail -n 5 "$log" >&2
  echo "browser tests need: $missing; apt could not install them (the lines above say why)" >&2
  exit 3
fi
