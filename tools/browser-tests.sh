#!/bin/sh
# Runs the browser tests where a Chromium is found, and says so plainly where none is.
# With LINLI_BROWSER_REQUIRED=1, as in CI, leaving them out is a failure.
set -eu
cd "$(dirname "$0")/.."

leave_out() {
    echo "Browser tests were LEFT OUT: $1"
    [ -z "${LINLI_BROWSER_REQUIRED:-}" ]
    exit
}

chromium=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
[ -n "$chromium" ] || leave_out "no Chromium was found. Install one (on Debian: apt install chromium) or set CHROMIUM=/path."
driver=$(.venv/bin/python -m playwright --version 2>&1) || leave_out "what drives the browser does not start: $driver"
CHROMIUM="$chromium" exec make --no-print-directory test-browser "$@"
