#!/bin/sh
# Makes .venv from the locks: `run` holds what Linli needs, `dev` adds what its tests and checks need.
set -eu
cd "$(dirname "$0")/.."
kind=${1:-run}

suits() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if suits "$name"; then command -v "$name"; return; fi
    done
    echo "Linli needs Python 3.11 or newer: install it (on Debian or Ubuntu: apt install python3 python3-venv) and run make again." >&2
    return 1
}

if ! { [ -x .venv/bin/python ] && suits .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; }; then
    python=$(find_python)
    if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        echo "This Python has no venv: install it (on Debian or Ubuntu: apt install python$version-venv) and run make again." >&2
        exit 1
    fi
    echo "Making the environment in .venv …"
    rm -rf .venv
    "$python" -m venv .venv
fi

pip() { .venv/bin/python -m pip --disable-pip-version-check "$@"; }
pip install --quiet --quiet --require-hashes -r requirements-uv.lock

# A mirror that the machine's pip was told to use is meant for uv too.
mirror=${UV_DEFAULT_INDEX:-${PIP_INDEX_URL:-$(pip config get global.index-url 2>/dev/null || true)}}
if [ -n "$mirror" ]; then export UV_DEFAULT_INDEX="$mirror"; fi
export VIRTUAL_ENV="$PWD/.venv" UV_LINK_MODE="${UV_LINK_MODE:-copy}" UV_HTTP_TIMEOUT="${UV_HTTP_TIMEOUT:-180}"

if [ "$kind" = dev ]; then
    .venv/bin/uv pip install --quiet --require-hashes -r requirements.lock -r requirements-dev.lock
else
    .venv/bin/uv pip install --quiet --require-hashes -r requirements.lock
fi

# The `linli` command, usable from any folder. The tree itself is the installed package.
packages=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
echo "$PWD" > "$packages/linli.pth"
printf '#!/bin/sh\nexec "%s" -m linli "$@"\n' "$PWD/.venv/bin/python" > .venv/bin/linli
chmod +x .venv/bin/linli

touch .venv/run.stamp
if [ "$kind" = dev ]; then touch .venv/dev.stamp; fi
