# Two commands for a stranger: `make demo` and `make test`. Everything they need is installed into .venv, from locked,
# hash-pinned lists, by pip alone.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

.PHONY: help demo truth test check tests quality gate docs lock clean

help:
	@echo "make demo     trace the demo collection and say what to open"
	@echo "make truth    score the demo's dossier against what a careful editor finds in it"
	@echo "make test     every check: format, lint, types, tests"
	@echo "make quality  measure on the labelled sets in SHARED (now: $(SHARED)) and print one table"
	@echo "make gate     hold the measured figures against their floors"
	@echo "make docs     print the generated pages of docs/ anew"
	@echo "make lock     resolve the dependencies anew (needs uv)"

$(VENV)/.run: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements-dev.lock
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.run

demo: $(VENV)/.run
	$(BIN)/firsthand demo -o out/demo

truth: demo
	$(BIN)/python -m quality.demo out/demo/dossier.json || test $$? -eq 1  # 1: a fact is missed, which is said

test: check tests

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

tests: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto

quality: $(VENV)/.dev
	$(BIN)/python -m quality.table $(SHARED)

gate: $(VENV)/.dev
	$(BIN)/python -m quality.gate $(SHARED)

docs: $(VENV)/.dev
	$(BIN)/python docs/generate.py
	$(BIN)/firsthand demo -o out/demo
	$(BIN)/python docs/screenshot.py out/demo/dossier.html docs/dossier.png

lock:
	uv pip compile pyproject.toml --extra build --universal --generate-hashes --python-version 3.11 \
	  --no-emit-index-url --no-header -q -o requirements.lock
	uv pip compile pyproject.toml --extra dev --universal --generate-hashes --python-version 3.11 \
	  --no-emit-index-url --no-header -q -o requirements-dev.lock

clean:
	rm -rf $(VENV) out .mypy_cache .ruff_cache .pytest_cache .hypothesis
