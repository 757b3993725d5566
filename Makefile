# Everything works from a fresh clone with Python 3.11 or 3.12, make and a package index; see README.md.

PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3)
UV_VERSION := 0.13.8
RUN := .venv/bin
export OMP_NUM_THREADS ?= 1

.PHONY: help setup demo test check format bench clean

help:
	@echo "make demo    set up, screen the demo batch, say how far the flags agree with its truth"
	@echo "make serve   set up, start the service with the demo batch loaded, print address and accounts (PORT=8000)"
	@echo "make test    set up, run all tests"
	@echo "make check   lint, types, borders between rooms"
	@echo "make bench   measure accuracy and speed"
	@echo "make bench-seals        seals, whose they are, marks, print beneath them: the whole drawn sets (an hour)"
	@echo "make bench-plans        drawn applications under all six plans: defects found, errors on clean ones"
	@echo "make bench-plans-tenth  a tenth of them, as CI does; fails when a figure drops"
	@echo "make bench-seals-tenth  the same on a tenth of each, as CI does; fails when a figure drops"

setup: .venv/.ready

# --inexact leaves pip and uv in place.
.venv/.ready: pyproject.toml uv.lock
	$(PYTHON) -m venv .venv
	$(RUN)/python -m pip install --quiet --disable-pip-version-check "uv==$(UV_VERSION)"
	$(RUN)/uv sync --frozen --inexact --quiet
	touch $@

.PHONY: weights
weights: setup
	@$(RUN)/hezheng models verify >/dev/null 2>&1 || $(RUN)/hezheng models fetch

demo: weights
	$(RUN)/python -m bench.demo

.PHONY: serve
serve: weights
	$(RUN)/python -m bench.serve_demo $(PORT)

test: weights
	$(RUN)/python -m pytest -n 2

check: setup
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy
	$(RUN)/lint-imports

format: setup
	$(RUN)/ruff check --fix .
	$(RUN)/ruff format .

# PaddleOCR, the peer, is only installed here. Scans with labels and real journal lists are not in the tree.
SHARED := $(or $(HEZHENG_SHARED),../shared)
bench: weights
	$(RUN)/uv sync --frozen --inexact --quiet --group peers
	$(RUN)/python -m bench.throughput
	@if test -d $(SHARED); then set -ex; \
	  $(RUN)/python -m bench.real --shared $(SHARED); \
	  $(RUN)/python -m bench.journals $(SHARED)/data/journals/register.csv $(SHARED)/data/journals/blacklist.csv; \
	else echo "no shared scans at $(SHARED): only speed was measured"; fi

# Drawn with faces, names, layouts and ink that nothing was trained or chosen on; fixtures/setup_fonts.sh brings
# the faces. The floors in bench/baselines/ are written by the benches themselves.
DRAWN := .cache/bench
PROCESSES ?= 2

.PHONY: bench-seals bench-seals-tenth
bench-seals: weights
	$(RUN)/python -m fixtures.fonts
	rm -rf $(DRAWN)/hard $(DRAWN)/whose && mkdir -p $(DRAWN)
	$(RUN)/python -m fixtures.build hard --out $(DRAWN)/hard --seed 9001
	$(RUN)/python -m bench.seals --drawn $(DRAWN)/hard --under --processes $(PROCESSES) --json $(DRAWN)/seals.json \
	  --worst $(DRAWN)/worst --floors whole $(if $(wildcard $(SHARED)/real),--real $(SHARED)/real)
	$(RUN)/python -m bench.whose_seal record --set report --into $(DRAWN)/whose
	$(RUN)/python -m bench.whose_seal judge $(DRAWN)/whose --floors bench/baselines/whose_seal.toml
	$(RUN)/python -m bench.marks
	$(RUN)/python -m bench.under_seal --check

bench-seals-tenth: weights
	$(RUN)/python -m fixtures.fonts
	rm -rf $(DRAWN)/hard-tenth $(DRAWN)/whose-tenth && mkdir -p $(DRAWN)
	$(RUN)/python -m fixtures.build hard --out $(DRAWN)/hard-tenth --seed 9001 --share 0.1
	$(RUN)/python -m bench.seals --drawn $(DRAWN)/hard-tenth --processes $(PROCESSES) --floors tenth
	$(RUN)/python -m bench.whose_seal record --set report --into $(DRAWN)/whose-tenth --share 0.1
	$(RUN)/python -m bench.whose_seal judge $(DRAWN)/whose-tenth --floors bench/baselines/whose_seal.toml
	$(RUN)/python -m bench.marks --share 0.1 --floors bench/baselines/marks.toml
	$(RUN)/python -m bench.under_seal --share 0.1 --check

.PHONY: bench-plans bench-plans-tenth
bench-plans: weights
	$(RUN)/python -m fixtures.fonts
	$(RUN)/python -m bench.plans_drawn --processes $(PROCESSES)

bench-plans-tenth: weights
	$(RUN)/python -m fixtures.fonts
	$(RUN)/python -m bench.plans_drawn --share 0.1 --processes $(PROCESSES) --floors bench/baselines/plans.toml

clean:
	rm -rf .venv out bench/out .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
