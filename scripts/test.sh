#!/bin/sh
# Runs the tests: with arguments just those, without any everything on SQLite and what touches data on PostgreSQL too.
set -u

pytest() {
    .venv/bin/python -m pytest --numprocesses=auto --dist=loadgroup "$@"
}

if [ $# -gt 0 ]; then
    pytest "$@"
    exit $?
fi

echo "— all tests, data in SQLite"
pytest
on_sqlite=$?
echo "— tests that touch data, data in PostgreSQL"
TEST_DATABASE=postgres pytest -m "not browser" --ignore=tests/servers --ignore=tests/quality
on_postgres=$?
exit $((on_sqlite ? on_sqlite : on_postgres))
