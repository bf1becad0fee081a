# Tuoban's commands. `make setup` needs Python 3.11 or newer and make, nothing else.
#
#   make demo        set up, load a demo organisation, serve it on http://127.0.0.1:8000 (PORT=)
#   make demo-reset  empty the demo and load it anew; not while it runs
#   make test        set up, lint, and the tests on SQLite and PostgreSQL
#   make test-long   the tests that take minutes
#   make faults      kill the processes under load, KILLS= times (100), and check that nothing is lost;
#                    SEED= repeats what the clients do, DATABASE=sqlite or postgresql chooses one
#   make tck         score FEEL and DMN on a public suite, whose path is in TUOBAN_TCK
#   make bench       steps, expressions, time limits, the runtime; see benchmarks/README.md
#   make lint        ruff, mypy, import contract, TypeScript, Django checks, missing migrations
#   make format      sort imports and format the Python sources
#   make bundle      the front-end bundle alone
#   make messages    collect translatable text into the Chinese catalogue
#   make reference   print the reference pages that follow from the code
#   make lock        pin all requirements anew
#   make clean       remove everything made here except var/

.DELETE_ON_ERROR:
.SUFFIXES:
.PHONY: help demo demo-reset setup dev test test-long faults tck bench lint format bundle messages reference lock clean

VENV := .venv
BIN := $(VENV)/bin
BENCH_VENV := .venv-bench
PACKAGE := src/tuoban
CATALOGUE := $(PACKAGE)/locale/zh_Hans/LC_MESSAGES/django
BUNDLE := $(PACKAGE)/faces/desk/static/desk/dist/manifest.json

# Stamps carry the checksum of what they stand for, so any change, back or forth, sets up again.
checksum = $(shell cat $(1) | cksum | tr ' ' -)
RUN_STAMP := $(VENV)/.run.$(call checksum,requirements/run.txt requirements/build.txt pyproject.toml)
DEV_STAMP := $(VENV)/.dev.$(call checksum,requirements/run.txt requirements/build.txt requirements/dev.txt)
BENCH_STAMP := $(BENCH_VENV)/.ready.$(call checksum,requirements/bench.txt)
NODE_STAMP := node_modules/.ready.$(call checksum,package.json package-lock.json .npmrc)

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUTF8 := 1
# Node brings its own list of authorities; a network with an authority of its own needs the system's.
export NODE_USE_SYSTEM_CA := 1
unexport VIRTUAL_ENV PYTHONHOME PYTHONPATH

PIP_INSTALL := $(BIN)/python -m pip install --quiet --quiet --no-input
NODE := $(BIN)/node
# Lint loads the settings; it must not touch the home of a real installation.
LINT_ENV := TUOBAN_HOME=var/lint DJANGO_SETTINGS_MODULE=tuoban.site.settings

help:
	@sed -n '2,/^$$/s/^# \{0,1\}//p' Makefile

demo: setup
	@TUOBAN_HOME=var/demo $(BIN)/tuoban demo

demo-reset: setup
	@TUOBAN_HOME=var/demo $(BIN)/tuoban demo --reset

setup: $(RUN_STAMP) $(CATALOGUE).mo $(BUNDLE)
	@:

dev: setup $(DEV_STAMP)
	@:

$(BIN)/python:
	@sh scripts/venv.sh $(VENV)

$(RUN_STAMP): | $(BIN)/python
	@echo "Installing the run-time requirements"
	@$(PIP_INSTALL) --require-hashes -r requirements/run.txt -r requirements/build.txt
	@$(PIP_INSTALL) --no-build-isolation --no-deps --editable .
	@rm -f $(VENV)/.run.*
	@touch $@

$(DEV_STAMP): | $(RUN_STAMP)
	@echo "Installing the tools for lint and tests"
	@$(PIP_INSTALL) --require-hashes -r requirements/dev.txt
	@rm -f $(VENV)/.dev.*
	@touch $@

# Without their dependencies: bench.txt names all that are imported.
$(BENCH_STAMP): requirements/bench.txt
	@sh scripts/venv.sh $(BENCH_VENV)
	@$(BENCH_VENV)/bin/python -m pip install --quiet --quiet --no-input --require-hashes --no-deps -r requirements/bench.txt
	@touch $@

$(NODE_STAMP): | $(RUN_STAMP)
	@echo "Installing the front-end packages"
	@$(BIN)/npm ci --loglevel error
	@touch $@

$(CATALOGUE).mo: $(CATALOGUE).po | $(RUN_STAMP)
	@$(BIN)/pybabel --quiet compile --domain django --directory $(PACKAGE)/locale

bundle: $(BUNDLE)

$(BUNDLE): $(NODE_STAMP) vite.config.js $(shell find frontend -type f)
	@echo "Bundling the front end"
	@$(NODE) node_modules/vite/bin/vite.js build --logLevel warn
	@touch $@

lint: dev
	@$(BIN)/ruff check --quiet --output-format concise
	@$(BIN)/ruff format --check --quiet
	@$(LINT_ENV) $(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(NODE) node_modules/typescript/bin/tsc
	@$(LINT_ENV) $(BIN)/python -W error -m django check --fail-level WARNING
	@$(LINT_ENV) $(BIN)/python -W error -m django makemigrations --check --dry-run

format: dev
	@$(BIN)/ruff check --quiet --select I --fix
	@$(BIN)/ruff format --quiet

# With CI=true the order of the tests is the same for everybody, and so are the examples drawn
# (tests/conftest.py); elsewhere every run has another.
PYTEST := $(BIN)/python -m pytest --numprocesses 2 --dist worksteal $(if $(CI),--randomly-seed=1)

# The whole suite runs on SQLite; what touches the database runs once more on PostgreSQL, of which
# the slowest parts, the pages', the browser's and the real program's, come with the long tests.
test: lint
	@$(PYTEST) -m "not long"
	@TUOBAN_TEST_DATABASE=postgresql $(PYTEST) --ignore tests/kernel -m "db and not long and not page and not browser and not program"

test-long: dev
	@$(PYTEST) -m long --hypothesis-profile long
	@TUOBAN_TEST_DATABASE=postgresql $(PYTEST) --ignore tests/kernel -m "(db and page or browser or program) and not long"
	@TUOBAN_TEST_DATABASE=postgresql $(PYTEST) -m long tests/faults

faults: dev
	@$(BIN)/python -m tests.faults

tck: dev
	@$(BIN)/python -m scripts.tck

# With the tools of the tests, one of which is the PostgreSQL server.
bench: dev $(BENCH_STAMP)
	@$(BIN)/python -m benchmarks.calendars
	@$(BIN)/python -m benchmarks.packs
	@$(BIN)/python -m benchmarks.rehearsals
	@$(BIN)/python -m benchmarks.runtime
	@PYTHONPATH=src $(BENCH_VENV)/bin/python -m benchmarks.feel
	@PYTHONPATH=src $(BENCH_VENV)/bin/python -m benchmarks.steps

reference: dev
	@$(BIN)/python scripts/reference.py

messages: dev
	@$(BIN)/python scripts/messages.py

lock: dev
	@sh scripts/lock.sh $(BIN)

clean:
	rm -rf $(VENV) $(BENCH_VENV) node_modules build dist src/tuoban.egg-info $(dir $(BUNDLE)) $(CATALOGUE).mo
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
