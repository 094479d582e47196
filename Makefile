# The commands of this project. Each brings along what it needs; `make run` is the one to start with.
#
#   PORT=8000 HOST=127.0.0.1 PORTAL_DATA_DIR=instance make run
#   make test ARGS="-k search -x"

.PHONY: run test check bench translations lock format clean
.NOTPARALLEL:

ARGS =

run:
	@sh scripts/bootstrap.sh run && exec sh scripts/run.sh

test:
	@sh scripts/bootstrap.sh develop && exec sh scripts/test.sh $(ARGS)

check:
	@sh scripts/bootstrap.sh develop && exec .venv/bin/python scripts/check.py

bench:
	@sh scripts/bootstrap.sh develop && exec .venv/bin/python bench/run.py $(ARGS)

translations:
	@sh scripts/bootstrap.sh develop && exec .venv/bin/python scripts/catalogues.py update

lock:
	@sh scripts/bootstrap.sh develop && exec .venv/bin/python scripts/lock.py

format:
	@sh scripts/bootstrap.sh develop && .venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format .

clean:
	rm -rf .venv .make node_modules build dist *.egg-info portal/static/build plugins/*/static/build
	find portal plugins tests scripts bench translations migrations -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true
	rm -rf .pytest_cache .ruff_cache .hypothesis .import_linter_cache
