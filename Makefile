# Needs Python 3.11 or newer with pip and venv, make, and git. All else goes into .venv.

PYTHON ?= python3
# BROWSER=required makes a missing browser fail the tests that need one, where it would skip them.
BROWSER ?=
# More words for pytest: make test PYTEST_ARGS='-k redline'
PYTEST_ARGS ?=
# UPGRADE=--upgrade moves every pin to its newest version; without it `make lock` moves only what it must.
UPGRADE ?=

BIN = .venv/bin
# The properties that `make soak` tries on thousands of examples.
LAWS = tests/comparing/test_laws.py tests/presenting/test_every_character.py tests/reading tests/test_words.py \
	tests/assessing/test_laws_of_findings.py tests/reviewing/test_reviews.py tests/reviewing/test_proofs.py \
	tests/importing/test_written.py tests/importing/test_any_text.py \
	tests/notifying/test_address.py tests/notifying/test_ledger.py tests/notifying/test_messages.py tests/notifying/test_recipients.py
STAMP = .venv/.stamp

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help venv site serve demo-history notice-demo lint format test soak accept bench lock clean

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' Makefile

venv: $(STAMP) ## Set up .venv from requirements-dev.lock

$(STAMP): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "smallprint needs Python 3.11 or newer as '$(PYTHON)'; name another with make PYTHON=..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { \
		echo "'$(PYTHON)' has no venv module; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

site: $(STAMP) ## Build the site into site/
	$(BIN)/smallprint build

serve: $(STAMP) ## Serve the site and rebuild it at every change
	$(BIN)/mkdocs serve

demo-history: $(STAMP) ## Import a long history from a git repository made for it, and build its site
	PYTHONPATH=tests $(BIN)/python tests/demo_history.py

notice-demo: $(STAMP) ## Plan, preview and send the notice of the example to a mail server on this machine
	PYTHONPATH=tests $(BIN)/python tests/demo_notice.py

lint: $(STAMP) ## Check style, types and the layers of imports
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP) ## Format the code and apply ruff's safe fixes
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

test: lint ## Lint, then run the tests (BROWSER=required: fail without a browser)
	SMALLPRINT_BROWSER=$(BROWSER) $(BIN)/python -m pytest -n 2 -m 'not soak' $(PYTEST_ARGS)

soak: $(STAMP) ## Run the long tests that `make test` leaves out
	SMALLPRINT_BROWSER=$(BROWSER) $(BIN)/python -m pytest -m soak $(PYTEST_ARGS)
	SMALLPRINT_HYPOTHESIS=soak $(BIN)/python -m pytest -n 2 $(LAWS) $(PYTEST_ARGS)

accept: $(STAMP) ## Take today's redlines and records as the expected ones (then read the difference)
	SMALLPRINT_ACCEPT=1 $(BIN)/python -m pytest -q tests/comparing/test_samples.py tests/test_docs.py

bench: $(STAMP) ## Run the benchmarks
	$(BIN)/python tests/bench/run.py

lock: ## Pin the dependencies anew (UPGRADE=--upgrade: at their newest)
	@tmp=$$(mktemp -d) && trap 'rm -rf "$$tmp"' EXIT INT TERM && \
	$(PYTHON) -m venv "$$tmp/venv" && \
	"$$tmp/venv/bin/python" -m pip install --quiet --disable-pip-version-check uv && \
	"$$tmp/venv/bin/uv" pip compile --quiet --universal --generate-hashes --python-version 3.11 --all-extras \
		--no-emit-index-url --custom-compile-command 'make lock' $(UPGRADE) \
		--output-file requirements-dev.lock pyproject.toml

clean: ## Remove .venv, what was built, and the caches
	rm -rf .venv site build dist .smallprint-cache .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -path ./.git -prune -o -name __pycache__ -type d -exec rm -rf {} +
