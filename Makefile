# One command set for people and CI. `make run` and `make test` set up all they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNS := $(VENV)/.runs
READY := $(VENV)/.ready
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r
SCENARIO ?= scenarios/quickstart.yaml

.PHONY: install run test check format slow browser live lock docs clean

install: $(READY)

$(RUNS): requirements/run.txt
	@echo "Installing what a run needs into $(VENV): $$(grep -c == requirements/run.txt) packages at most, a minute or two"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) requirements/run.txt
	@$(BIN)/python -c "import sysconfig, pathlib; pathlib.Path(sysconfig.get_path('purelib'), 'winnow-checkout.pth').write_text(str(pathlib.Path.cwd()) + '\n')"
	@printf '#!/bin/sh\nexec "%s/python" -P -m winnow "$$@"\n' "$(CURDIR)/$(BIN)" > $(BIN)/winnow && chmod +x $(BIN)/winnow
	@touch $(RUNS)

$(READY): $(RUNS) requirements/dev.txt
	@echo "Installing what checks and tests need besides: $$(grep -c == requirements/dev.txt) packages in all, some minutes"
	@$(PIP) requirements/dev.txt
	@touch $(READY)

run: $(RUNS)
	$(BIN)/winnow run $(SCENARIO)

test: $(READY)
	$(BIN)/python -m pytest

slow: $(READY)
	$(BIN)/python -m pytest -m slow

browser: $(READY)
	$(BIN)/python -m pytest -m browser

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m docs.generate --check

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(READY)
	$(BIN)/python -m docs.generate

lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header pyproject.toml -o requirements/run.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header pyproject.toml --group dev -c requirements/run.txt -o requirements/dev.txt

clean:
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache
