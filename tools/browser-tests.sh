#!/bin/sh
# Runs the browser tests where a Chromium is found, and says so plainly where none is.
set -eu
cd "$(dirname "$0")/.."
chromium=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
if [ -z "$chromium" ]; then
    echo "Browser tests were LEFT OUT: no Chromium was found. Install one (on Debian: apt install chromium) or set CHROMIUM=/path."
    exit 0
fi
CHROMIUM="$chromium" exec make --no-print-directory test-browser "$@"
