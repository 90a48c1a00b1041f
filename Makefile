# make map   the map of geodata/ in site/ (set-up included)
# make test  all checks (set-up included)
# make demo  site-demo/: a city of invented stations on real streets (fetches them once)
# make fuzz  damaged input for every reader, for FUZZ_SECONDS
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
FUZZ_SECONDS ?= 300

.PHONY: map demo test lint fuzz clean
.DEFAULT_GOAL := map

map: $(VENV)/.runtime
	$(BIN)/python build_map.py add
	$(BIN)/python build_map.py build

demo: $(VENV)/.runtime
	$(BIN)/python geodata/make_demo.py build/demo
	$(BIN)/python build_map.py build --geodata build/demo --roads build/demo/wuhan.parquet --out site-demo

test: $(VENV)/.dev
	sh tests/browser/install.sh $(BIN)/python
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2 --dist loadgroup

fuzz: $(VENV)/.dev
	$(BIN)/python -m tests.fuzz --seconds $(FUZZ_SECONDS)

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install -q --disable-pip-version-check -e .
	touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[dev]'
	touch $@ $(VENV)/.runtime

clean:
	rm -rf site site-demo $(VENV) build *.egg-info
