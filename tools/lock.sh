#!/bin/sh
# Pins every package with its hashes, for every platform and Python from 3.11 on; names no download address.
set -eu
cd "$(dirname "$0")/.."
compile() {
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-header "$@"
}
for name in requirements-uv requirements requirements-dev; do
    compile "$name.in" -o "$name.lock" ${1:+"$1"}
done
