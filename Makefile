# One command set for people and CI. `make run` and `make test` set up all they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNS := $(VENV)/.runs
TRAINING := $(VENV)/.training
READY := $(VENV)/.ready
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r
SCENARIO ?= scenarios/quickstart.yaml

ABLATION ?= outputs/ablation
SEEDS ?= 2

# A run and its tests start Python many times; each would compile every module anew where nothing compiled may be kept.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: install install-train ablation run test train check format slow browser live lock docs clean

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

# A CPU build of torch, which pip has to be told where to find (PIP_FIND_LINKS, PIP_EXTRA_INDEX_URL), so that no CUDA comes with it.
install-train: $(TRAINING)

$(TRAINING): $(RUNS) requirements/train.txt
	@echo "Installing what training needs besides, torch of $$(sed -n 's/^torch==\([^ ]*\).*/\1/p' requirements/train.txt) among it: some minutes"
	@$(PIP) requirements/train.txt || { echo "Where pip finds no CPU build of torch, install any with the rest: $(BIN)/pip install '.[train]'"; exit 1; }
	@touch $(TRAINING)

# From an empty machine to the table of docs/ablation.md: installs, then four arms with SEEDS models each. Goes on where it was broken off.
ablation: $(TRAINING)
	$(BIN)/winnow ablate scenarios/loop.yaml --seeds $(SEEDS) --out $(ABLATION)

run: $(RUNS)
	$(BIN)/winnow run $(SCENARIO)

test: $(READY)
	$(BIN)/python -m pytest -n auto --dist worksteal

slow: $(READY)
	$(BIN)/python -m pytest -m slow

train: $(READY) $(TRAINING)
	$(BIN)/python -m pytest -m train

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

# For the CPU build of torch, uv has to be told where such builds are (UV_FIND_LINKS).
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header pyproject.toml -o requirements/run.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header pyproject.toml --group dev -c requirements/run.txt -o requirements/dev.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header pyproject.toml requirements/train.in --extra train -c requirements/dev.txt -o requirements/train.txt

clean:
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache
