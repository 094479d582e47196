#!/bin/sh
# Upgrades the database, fills a new one with the demo network and serves it. `make run` prepares all it needs.
set -eu

HOST=${HOST:-127.0.0.1}
PORT=${PORT:-8000}
export PORTAL_DATA_DIR="${PORTAL_DATA_DIR:-instance}"
export PORTAL_BASE_URL="${PORTAL_BASE_URL:-http://$HOST:$PORT}"

is_new=no
[ -e "$PORTAL_DATA_DIR" ] || is_new=yes

.venv/bin/portal upgrade
[ "$is_new" = no ] || .venv/bin/portal demo
exec .venv/bin/portal serve --host "$HOST" --port "$PORT"
