# Everything one does with Linli. `make` alone lists it.
#   make run PORT=8000 DATA=var     make test T=linli/notices     make test-pg PG=postgres://…

PORT ?= 8000
DATA ?=
T ?=
PG ?= postgres://root@127.0.0.1/postgres

VENV := .venv
PY := $(VENV)/bin/python
NODE_MODULES := node_modules/.installed
PYTEST := $(PY) -m pytest $(if $(COVER),--cov --cov-report=term-missing:skip-covered)
export PYTHONUTF8 := 1
SERVE := exec $(if $(DATA),env LINLI_DATA='$(abspath $(DATA))') $(PY) -m linli serve --demo --port $(PORT)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run dev setup test test-browser test-pg check lint types messages lock shots bench kill-test clean

help:            ## what can be made
	@grep -hE '^[a-z-]+: .*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-14s %s\n", $$1, $$2 }'

# ---- environment: one stamp for running, one for developing ------------------------------------------------

$(VENV)/run.stamp: requirements-uv.lock requirements.lock tools/environment.sh
	@sh tools/environment.sh run

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements-dev.lock
	@sh tools/environment.sh dev

# The catalogues are kept as text; what gettext reads is compiled here.
$(VENV)/messages.stamp: $(VENV)/run.stamp tools/messages.py $(wildcard linli/*/locale/*/LC_MESSAGES/*.po)
	@$(PY) tools/messages.py --compile
	@touch $@

# Node itself comes from PyPI with the development packages; it serves the checks alone.
$(NODE_MODULES): $(VENV)/dev.stamp package-lock.json .npmrc
	@PATH="$(CURDIR)/$(VENV)/bin:$$PATH" npm ci --loglevel=error
	@touch $@

READY_TO_RUN := $(VENV)/run.stamp $(VENV)/messages.stamp
READY_TO_TEST := $(VENV)/dev.stamp $(VENV)/messages.stamp

# ---- for everybody ----------------------------------------------------------------------------------------

run: $(READY_TO_RUN)   ## Linli with its demo community on http://127.0.0.1:8000 (PORT=…, DATA=folder)
	@$(SERVE)

test: $(READY_TO_TEST)   ## the tests (T=path picks some, COVER=1 measures); browser tests too where a Chromium is found
	@$(PYTEST) $(if $(T),$(T),-m "not browser$(if $(SLOW),, and not slow)")
	@$(if $(T),,sh tools/browser-tests.sh $(if $(SLOW),SLOW=1))

# ---- for developers ---------------------------------------------------------------------------------------

setup: $(READY_TO_TEST)   ## everything that developing needs
	@$(PY) manage.py check

dev: $(READY_TO_TEST)   ## server and worker with reload, and the demo cast's log-in links
	@$(SERVE) --reload

test-browser: $(READY_TO_TEST) $(NODE_MODULES)   ## the browser tests alone; fails without a Chromium
	@LINLI_BROWSER_REQUIRED=1 $(PYTEST) $(if $(T),$(T),-m "browser$(if $(SLOW),, and not slow)" tests/browser)

test-pg: $(READY_TO_TEST)   ## the same tests on PostgreSQL (PG=postgres://…)
	@LINLI_TEST_DATABASE='$(PG)' $(PYTEST) $(if $(T),$(T),-m "not browser$(if $(SLOW),, and not slow)")

check: $(READY_TO_TEST) lint types   ## all gates and all tests: what CI runs
	@$(MAKE) --no-print-directory test SLOW=1

lint: $(READY_TO_TEST)   ## style, types, import contracts, templates, catalogues, migrations, documents
	@$(PY) tools/gates.py

types: $(NODE_MODULES)   ## the types of our JavaScript
	@$(PY) tools/javascript_types.py

messages: $(READY_TO_TEST)   ## collect and compile both languages (APPS="notices talk" picks some)
	@$(PY) tools/messages.py $(APPS)

lock:   ## pin all packages again (UPGRADE=1 takes newer ones)
	@test -x $(VENV)/bin/uv || sh tools/environment.sh run
	@sh tools/lock.sh $(if $(UPGRADE),--upgrade)

shots: $(READY_TO_TEST)   ## pictures of the key pages, both languages, phone and large text, into shots/
	@$(PY) -m tests.shots

bench: $(READY_TO_TEST)   ## requests per second and CPU per request beside their limits
	@$(PY) -m bench

kill-test: $(READY_TO_TEST)   ## kill -9 under load: nothing lost, nothing doubled (KILLS=100)
	@$(PY) -m tests.kill $(if $(KILLS),--kills $(KILLS)) $(ARGS)

clean:   ## remove what can be made again; keeps var/ (your data)
	@rm -rf $(VENV) node_modules shots build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage
	@find linli tests tools -name __pycache__ -prune -exec rm -rf {} + ; find linli -name '*.mo' -delete
