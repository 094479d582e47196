#!/bin/sh
# Finds a Python, makes .venv with it and hands over to setup.py. Usage: sh scripts/bootstrap.sh run|develop
set -eu
cd "$(dirname "$0")/.."

fits() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python; do
        if fits "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    echo "Python 3.11 or newer is needed: please install it (Debian, Ubuntu: apt install python3 python3-venv)." >&2
    exit 1
}

if ! fits .venv/bin/python; then
    python=$(find_python)
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        echo "Python's venv module is missing: please install it (Debian, Ubuntu: apt install python3-venv)." >&2
        exit 1
    fi
    echo "· virtual environment in .venv"
    rm -rf .venv
    "$python" -m venv .venv
fi

exec .venv/bin/python scripts/setup.py "$1"
