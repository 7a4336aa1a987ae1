# teikit. Two commands do everything on a fresh machine: `make edition` and `make test`.

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.DEFAULT_GOAL := help

help: ## say what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

edition: $(VENV)/installed ## install teikit and build the edition into build/
	$(BIN)/teikit build

test: $(VENV)/installed-test ## install what the tests need and run them
	$(BIN)/python -m pytest -n auto -m "not long"

test-long: $(VENV)/installed-test ## the longer comparisons with independent tools
	$(BIN)/python -m pytest -m long

bench: $(VENV)/installed-test ## measure validation beside jing, libxml2 and xmllint (needs ../shared)
	$(BIN)/python benchmarks/validation.py

bench-links: $(VENV)/installed-test ## measure linking as a corpus grows to ten thousand files
	$(BIN)/python benchmarks/links.py

bench-site: $(VENV)/installed-test ## measure building the site beside an identity transform
	$(BIN)/python benchmarks/site.py

check: $(VENV)/installed-check ## lint, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: $(VENV)/installed-test ## run the commands shown in README and docs and print their output there
	$(BIN)/python -m tests.test_cli

clean: ## remove the environment and everything built
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache

# Each environment is made anew when the requirements change.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "teikit needs Python 3.11 or newer; name one: make PYTHON=python3.12 …"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/installed-test: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	@touch $@

$(VENV)/installed-check: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --editable '.[test,check]'
	@touch $@

.PHONY: help edition test test-long bench bench-links bench-site check docs clean
