#!/bin/sh
# Upgrades the database, fills a new one with the demo network and serves it; `make run` prepares what it needs.
set -eu

HOST=${HOST:-127.0.0.1}
PORT=${PORT:-8000}
export PORTAL_DATA_DIR="${PORTAL_DATA_DIR:-instance}"
if [ -z "${PORTAL_BASE_URL:-}" ]; then
    case $HOST in
        0.0.0.0 | ::) name=$(uname -n) ;;
        *) name=$HOST ;;
    esac
    export PORTAL_BASE_URL="http://$name:$PORT"
fi

pending=$PORTAL_DATA_DIR/demo.pending
loaded=$PORTAL_DATA_DIR/demo.loaded
if [ -e "$pending" ]; then
    echo "The last start did not finish loading the demo network: remove the folder $PORTAL_DATA_DIR, then start again." >&2
    exit 1
fi
# Only a folder that was not there is filled: a database elsewhere may hold somebody's data.
if [ ! -e "$PORTAL_DATA_DIR" ] && [ -z "${PORTAL_DATABASE_URL:-}" ]; then
    mkdir -p "$PORTAL_DATA_DIR"
    chmod 700 "$PORTAL_DATA_DIR"
    : >"$pending"
fi

# What the schema was made from, and which file it is in: while both stay, there is nothing to upgrade.
describe_schema() {
    cksum requirements.lock setup.cfg migrations/versions/*.py plugins/*/migrations/*.py
    ls -i "$PORTAL_DATA_DIR/portal.sqlite"
}
schema=$PORTAL_DATA_DIR/schema.made
if [ -n "${PORTAL_DATABASE_URL:-}" ] || [ "$(describe_schema 2>/dev/null)" != "$(cat "$schema" 2>/dev/null)" ]; then
    PORTAL_LOG_LEVEL=${PORTAL_LOG_LEVEL:-WARNING} .venv/bin/portal upgrade
    describe_schema >"$schema" 2>/dev/null || rm -f "$schema"
fi
if [ -e "$pending" ]; then
    PORTAL_LOG_LEVEL=${PORTAL_LOG_LEVEL:-WARNING} .venv/bin/portal demo
    mv "$pending" "$loaded"
fi

echo
echo "The portal is at $PORTAL_BASE_URL (Ctrl+C ends it)"
if [ -e "$loaded" ]; then
    echo "Demo accounts, password Netzwerk-2023-demo: admin@portal.example, redaktion@portal.example,"
    echo "hohenlohe@portal.example, hohenlohe2@portal.example, neukoelln@portal.example, mitglied@portal.example, neu@portal.example"
fi
exec .venv/bin/portal serve --host "$HOST" --port "$PORT"
