#!/bin/sh
# Gives the browser tests a Chromium and Chinese glyphs, where the machine has none.
# usage: sh tests/browser/install.sh PYTHON
set -eu
python=${1:-python3}

has_browser() {
    for name in "${GEOMAP_CHROMIUM:-}" chromium chromium-browser google-chrome; do
        [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 && return 0
    done
    "$python" -c 'import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    sys.exit(not pathlib.Path(p.chromium.executable_path).exists())' 2>/dev/null
}

has_browser && exit 0
echo "no Chromium on this machine: installing one for the browser tests" >&2
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        chromium fonts-noto-cjk >/dev/null && exit 0
fi
"$python" -m playwright install chromium && exit 0
echo "no browser could be installed; set GEOMAP_CHROMIUM to one, or the browser tests are skipped" >&2
[ -z "${CI:-}" ]
